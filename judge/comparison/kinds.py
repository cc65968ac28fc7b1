"""Say how one node's type differs from another's, children aside."""

from __future__ import annotations

from judge.comparison.texts import kind_of
from judge.domain.observation import (
    ArrayNode,
    MappingNode,
    ModuleNode,
    Node,
    OpaqueNode,
    ScalarNode,
    SequenceNode,
    TensorNode,
)
from judge.domain.report import Message

_CUT = frozenset({"too_deep", "too_many", "too_large", "unreadable"})
_REASONS = _CUT | {"unknown", "subclass", "layout", "device"}
_NUMBERS = frozenset({"bool", "int", "float", "complex"})


def misfit(got: Node, *, want: Node) -> Message | None:
    """Return why the types differ, as a message without its path; None where they are the same."""
    # By far the most common pair, and this is the hottest function of a comparison.
    if isinstance(want, TensorNode) and isinstance(got, TensorNode):
        return None if want.parameter == got.parameter else Message(_key(got, want))
    if isinstance(got, OpaqueNode):
        return None if isinstance(want, OpaqueNode) and _same_opaque(got, want) else _opaque(got)
    if type(want) is not type(got) or kind_of(want) != kind_of(got):
        return Message(_key(got, want))
    if isinstance(want, SequenceNode) and isinstance(got, SequenceNode):
        return _length(got, want)
    return None


def _same_opaque(got: OpaqueNode, want: OpaqueNode) -> bool:
    # What was cut off because there was too much of it may be anything: not seen, not accepted.
    return (got.kind, got.reason) == (want.kind, want.reason) and got.reason not in _CUT


def _opaque(got: OpaqueNode) -> Message:
    return Message(f"type.opaque.{got.reason if got.reason in _REASONS else 'unknown'}")


def _length(got: SequenceNode, want: SequenceNode) -> Message | None:
    if len(got.items) == len(want.items):
        return None
    return Message(
        "type.length",
        {"kind": want.kind, "expected_count": len(want.items), "got_count": len(got.items)},
    )


def _key(got: Node, want: Node) -> str:
    """Pick the message that says most about what went wrong."""
    match want, got:
        case _, ScalarNode(kind="NoneType"):
            key = "none"
        case ScalarNode(kind="NoneType"), _:
            key = "not_none"
        case TensorNode(parameter=wanted), TensorNode():
            key = "parameter" if wanted else "not_parameter"
        case TensorNode(), ArrayNode():
            key = "array"
        case TensorNode(), ScalarNode(kind=kind) if _is_number(kind):
            key = "number_for_tensor"
        case ScalarNode(kind=kind), TensorNode() if _is_number(kind):
            key = "tensor_for_number"
        case ScalarNode(kind=one), ScalarNode(kind=other) if {one, other} <= _NUMBERS:
            key = "number"
        case _:
            key = _container_key(got, want)
    return f"type.{key}"


def _container_key(got: Node, want: Node) -> str:
    match want, got:
        case SequenceNode(), SequenceNode():
            return "sequence"
        case ((SequenceNode() | MappingNode()), (TensorNode() | ArrayNode() | ScalarNode())):
            return "container"
        case ModuleNode(), ModuleNode():
            return "module"
        case _:
            return "differs"


def _is_number(kind: str) -> bool:
    return kind in _NUMBERS or kind.startswith("numpy.")
