"""Short, language-free names for what a student is shown; safe for anything a liar sends."""

from __future__ import annotations

from judge.domain.observation import (
    ArrayNode,
    MappingNode,
    ModuleNode,
    Node,
    ScalarNode,
    SequenceNode,
    TensorNode,
    notation,
)
from judge.domain.report import Parameter

MOST_NAME = 80
MOST_VALUE = 200
_MOST_BITS = 256
_MOST_LISTED = 4
_MOST_SIZES = 16


def clean(text: str, *, limit: int = MOST_NAME) -> str:
    """Cut a text and replace what a terminal or a page might act on: control characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else "�" for c in cut)


def kind_of(node: Node) -> str:
    """Name a node's own type: ``Tensor``, ``Parameter``, ``numpy.ndarray``, ``list``."""
    match node:
        case TensorNode(parameter=parameter):
            return "Parameter" if parameter else "Tensor"
        case ArrayNode():
            return "numpy.ndarray"
        case _:
            return node.kind


def type_text(node: Node) -> str:
    """Write a node's type with what it holds: ``list[2]``, ``tuple[Tensor, int]``, ``dict[1]``."""
    kind = clean(kind_of(node))
    match node:
        case SequenceNode(kind="tuple", items=items) if 0 < len(items) <= _MOST_LISTED:
            return f"tuple[{', '.join(clean(kind_of(item), limit=24) for item in items)}]"
        case SequenceNode(items=items) | MappingNode(items=items):
            return f"{kind}[{len(items)}]"
        case ModuleNode():
            return kind
        case _:
            return kind


def value_text(value: object, *, limit: int = MOST_VALUE) -> str:
    """Write a plain value as Python would, cut where it is long."""
    if isinstance(value, str | bytes) and len(value) > limit:
        return clean(repr(value[:limit]), limit=limit)
    # Python refuses to write integers of more than 4300 digits.
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return f"{'-' if value < 0 else ''}2**{value.bit_length() - 1}…"
    return clean(repr(value), limit=limit)


def plain(value: object) -> Parameter:
    """Return a number for a report, or its text where JSON has no such number."""
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int) and value.bit_length() <= _MOST_BITS:
        return value
    return value_text(value) if not isinstance(value, complex) else str(value)


def numbers_text(numbers: tuple[int, ...]) -> str:
    """Write a shape or strides: ``(2, 3)``; cut where it is long."""
    shown = [value_text(number) for number in numbers[:_MOST_SIZES]]
    if len(numbers) > _MOST_SIZES:
        return f"({', '.join(shown)}, …)"
    return f"({shown[0]},)" if len(shown) == 1 else f"({', '.join(shown)})"


def key_text(key: Node) -> str:
    """Write a mapping's key as ``domain.notation`` does, cut where it is long."""
    match key:
        case ScalarNode(value=value):
            return value_text(value)
        case _:
            return clean(notation(key))
