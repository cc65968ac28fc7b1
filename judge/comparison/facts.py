"""Compare two aligned trees: shape, dtype, device and value, and of each the first difference."""

from __future__ import annotations

from judge.comparison.decode import elements_of
from judge.comparison.diagnoses import dtype_key, shape_key, value_message
from judge.comparison.scalars import scalar_difference
from judge.comparison.texts import MOST_VALUE, clean, numbers_text
from judge.comparison.tolerances import tolerance_of
from judge.comparison.trees import Pair, align
from judge.comparison.values import value_difference
from judge.domain.observation import (
    ArrayNode,
    ModuleNode,
    Node,
    ScalarNode,
    SymbolNode,
    TensorNode,
)
from judge.domain.problem import Tolerance
from judge.domain.report import Difference, Message
from judge.domain.verdict import Fact

Found = dict[Fact, Difference]
_Array = TensorNode | ArrayNode


def result_facts(pairs: list[Pair], *, tolerance: Tolerance | None) -> Found:
    """Return the first difference of each fact among pairs of nodes of the same type."""
    found: Found = {}
    for pair in pairs:
        match pair.want, pair.got:
            case TensorNode() | ArrayNode() as want, TensorNode() | ArrayNode() as got:
                _tensor_facts(found, pair, want, got, tolerance)
            case want, got if Fact.VALUE not in found:
                difference = _plain_value(pair, want, got, tolerance)
                if difference is not None:
                    found[Fact.VALUE] = difference
            case _:
                continue
    return found


def tree_difference(
    got: Node, *, want: Node, root: str, tolerance: Tolerance | None
) -> Difference | None:
    """Return the first difference of two trees in teaching order, a misfit of types before all."""
    aligned = align(got, want=want, root=root)
    if aligned.misfit is not None:
        return aligned.misfit
    found = result_facts(aligned.pairs, tolerance=tolerance)
    # Nearly always nothing: iterating over an enumeration for that would cost more than the rest.
    return next((found[fact] for fact in Fact if fact in found), None) if found else None


def _tensor_facts(
    found: Found, pair: Pair, want: _Array, got: _Array, tolerance: Tolerance | None
) -> None:
    if Fact.DEVICE not in found and _device(want) != _device(got):
        found[Fact.DEVICE] = _named(
            Fact.DEVICE, pair, "device.differs", _device(want), _device(got)
        )
    if want.shape != got.shape or want.dtype != got.dtype:
        if Fact.SHAPE not in found and want.shape != got.shape:
            found[Fact.SHAPE] = _shape(pair, want, got)
        if Fact.DTYPE not in found and want.dtype != got.dtype:
            found[Fact.DTYPE] = _dtype(pair, want, got)
        return
    if Fact.VALUE not in found:
        difference = _grad_presence(pair, want, got) or _value(pair, want, got, tolerance)
        if difference is not None:
            found[Fact.VALUE] = difference


def _device(node: _Array) -> str:
    return node.device if isinstance(node, TensorNode) else "cpu"


def _shape(pair: Pair, want: _Array, got: _Array) -> Difference:
    key = f"shape.{shape_key(got.shape, want=want.shape)}"
    expected, given = numbers_text(want.shape), numbers_text(got.shape)
    return _named(Fact.SHAPE, pair, key, expected, given)


def _dtype(pair: Pair, want: _Array, got: _Array) -> Difference:
    key = f"dtype.{dtype_key(got, want=want)}"
    return _named(Fact.DTYPE, pair, key, want.dtype, got.dtype)


def _named(fact: Fact, pair: Pair, key: str, expected: str, got: str) -> Difference:
    """Return a difference of two names, which its message may say."""
    expected, got = clean(expected, limit=MOST_VALUE), clean(got, limit=MOST_VALUE)
    path = pair.where.text()
    parameters = {"path": path, "expected": expected, "got": got}
    return Difference(fact, path, Message(key, parameters), expected, got)


def _grad_presence(pair: Pair, want: _Array, got: _Array) -> Difference | None:
    """Compare whether ``.grad`` holds anything; what it holds is a node of its own."""
    if not (isinstance(want, TensorNode) and isinstance(got, TensorNode)):
        return None
    if (want.grad is None) == (got.grad is None):
        return None
    return _unseen(pair, "value.grad_extra" if want.grad is None else "value.grad_missing")


def _value(pair: Pair, want: _Array, got: _Array, tolerance: Tolerance | None) -> Difference | None:
    """Compare the numbers of two tensors of one shape and dtype.

    Where the key has none (a simulated device) there is nothing to compare. Where only the answer
    has none, or either was too large to send, they differ: what is not seen is not accepted.
    """
    if 0 in want.shape:
        return None
    if want.omitted or got.omitted:
        return _unseen(pair, "value.omitted")
    if want.data is None or want.data == got.data:
        return None
    return (
        _unseen(pair, "value.absent") if got.data is None else _numbers(pair, want, got, tolerance)
    )


def _numbers(
    pair: Pair, want: _Array, got: _Array, tolerance: Tolerance | None
) -> Difference | None:
    wanted, given = elements_of(want), elements_of(got)
    if wanted is None or given is None or wanted.item_bytes != given.item_bytes:
        return _unseen(pair, "value.unreadable")
    chosen = tolerance_of(want.dtype, tolerance)
    values = value_difference(given, want=wanted, shape=want.shape, tolerance=chosen)
    if values is None:
        return None
    path = pair.where.text()
    message = value_message(given, want=wanted, values=values, path=path)
    return Difference(Fact.VALUE, path, message, values=values)


def _unseen(pair: Pair, key: str) -> Difference:
    path = pair.where.text()
    return Difference(Fact.VALUE, path, Message(key, {"path": path}))


def _plain_value(
    pair: Pair, want: Node, got: Node, tolerance: Tolerance | None
) -> Difference | None:
    match want, got:
        case ScalarNode(), ScalarNode():
            return scalar_difference(got, want=want, path=pair.where, tolerance=tolerance)
        case SymbolNode(name=expected), SymbolNode(name=given) if expected != given:
            return _named(Fact.VALUE, pair, "value.symbol", expected, given)
        case ModuleNode(training=expected), ModuleNode(training=given) if expected != given:
            modes = {True: "train()", False: "eval()"}
            return _named(Fact.VALUE, pair, "value.training", modes[expected], modes[given])
        case _:
            return None
