"""Write a node as Python and torch would print it, in bounded length and time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from judge.comparison.printing import array_text, tensor_text
from judge.comparison.texts import clean, key_text, value_text
from judge.domain.observation import (
    ArrayNode,
    MappingNode,
    ModuleNode,
    Node,
    OpaqueNode,
    ScalarNode,
    SequenceNode,
    SymbolNode,
    TensorNode,
)

_MOST_DEEP = 16
_ENDS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}
_CUT = "…"


def render(node: Node, *, limit: int = 1000) -> str:
    """Return a node as text of at most ``limit`` characters; a cut is marked with an ellipsis."""
    text = _text(node, max(1, limit), 0)
    return text if len(text) <= limit else (text[: max(0, limit - 1)] + _CUT)[:limit]


def _text(node: Node, limit: int, depth: int) -> str:
    if depth > _MOST_DEEP or limit <= 0:
        return _CUT
    match node:
        case TensorNode():
            return tensor_text(node, limit)
        case ArrayNode():
            return array_text(node, limit)
        case SequenceNode():
            return _sequence(node, limit, depth)
        case MappingNode() | ModuleNode():
            return _named(node, limit, depth)
        case _:
            return _leaf(node, limit)


def _leaf(node: ScalarNode | SymbolNode | OpaqueNode, limit: int) -> str:
    match node:
        case ScalarNode():
            return _scalar(node, limit)
        case SymbolNode(name=name):
            return clean(name)
        case OpaqueNode(kind=kind, reason=reason):
            return f"<{clean(kind)}: {clean(reason)}>"


def _named(node: MappingNode | ModuleNode, limit: int, depth: int) -> str:
    kind = clean(node.kind)
    if isinstance(node, ModuleNode):
        parts = (f"{clean(name)}={_text(value, limit, depth + 1)}" for name, value in node.state)
        return f"{kind}({_joined(parts, limit)})"
    inside = _joined(_entries(node.items, limit, depth), limit)
    return f"{{{inside}}}" if kind == "dict" else f"{kind}({{{inside}}})"


def _scalar(node: ScalarNode, limit: int) -> str:
    text = value_text(node.value, limit=limit)
    if not node.kind.startswith("numpy."):
        return text
    return f"np.{clean(node.kind.removeprefix('numpy.'))}({text})"


def _sequence(node: SequenceNode, limit: int, depth: int) -> str:
    if node.kind == "set" and not node.items:
        return "set()"
    inside = _joined((_text(item, limit, depth + 1) for item in node.items), limit)
    if node.kind == "tuple" and len(node.items) == 1:
        inside += ","
    if node.kind in _ENDS:
        first, last = _ENDS[node.kind]
        return f"{first}{inside}{last}"
    if node.kind in {"torch.Size", "frozenset"}:
        inside = f"[{inside}]"
    return f"{clean(node.kind)}({inside})"


def _entries(items: Iterable[tuple[Node, Node]], limit: int, depth: int) -> Iterator[str]:
    for key, value in items:
        yield f"{key_text(key)}: {_text(value, limit, depth + 1)}"


def _joined(parts: Iterable[str], limit: int) -> str:
    """Join what fits; the rest is never even made, as parts come one at a time."""
    taken: list[str] = []
    for part in parts:
        if limit <= 0:
            taken.append(_CUT)
            break
        taken.append(part)
        limit -= len(part) + 2
    return ", ".join(taken)
