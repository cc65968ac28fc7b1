"""Compare how tensors lie in memory: their strides, and which of them share it."""

from __future__ import annotations

from collections.abc import Sequence

from judge.comparison.texts import numbers_text
from judge.comparison.trees import Pair
from judge.domain.observation import ArrayNode, TensorNode
from judge.domain.report import Difference, Message
from judge.domain.verdict import Fact

_Array = TensorNode | ArrayNode


def layout_difference(pairs: Sequence[Pair]) -> Difference | None:
    """Return the first tensor of the key's shape whose strides are not the key's.

    Strides of dimensions of one element, and of empty tensors, say nothing and are ignored.
    """
    for pair in pairs:
        if not isinstance(pair.want, _Array) or not isinstance(pair.got, _Array):
            continue
        if pair.want.shape == pair.got.shape and _steps(pair.want) != _steps(pair.got):
            return _layout(pair, pair.want, pair.got)
    return None


def _layout(pair: Pair, want: _Array, got: _Array) -> Difference:
    wanted, given = _is_contiguous(want), _is_contiguous(got)
    key = "strides"
    if wanted != given:
        key = "not_contiguous" if wanted else "contiguous"
    path = pair.where.text()
    expected, strides = numbers_text(want.strides), numbers_text(got.strides)
    parameters = {"path": path, "expected": expected, "got": strides}
    return Difference(Fact.LAYOUT, path, Message(f"layout.{key}", parameters), expected, strides)


def _steps(node: _Array) -> tuple[int, ...]:
    if 0 in node.shape:
        return ()
    # A liar may send more or fewer strides than there are dimensions.
    if len(node.strides) != len(node.shape):
        return (-1, *node.strides)
    sizes = zip(node.shape, node.strides, strict=True)
    return tuple(stride for size, stride in sizes if size != 1)


def _is_contiguous(node: _Array) -> bool:
    expected = 1
    steps = _steps(node)
    sizes = [size for size in node.shape if size != 1]
    if len(steps) != len(sizes):
        return not steps
    for size, stride in zip(reversed(sizes), reversed(steps), strict=True):
        if stride != expected:
            return False
        # Every true stride of 64 bits is passed long before a product could grow absurd.
        expected = min(expected * size, 1 << 64)
    return True


def memory_difference(arguments: Sequence[Pair], results: Sequence[Pair]) -> Difference | None:
    """Return the first pair of tensors that share memory in one observation but not in the other.

    Each tensor is labelled with the first of those that it shares memory with, arguments before
    results: the two partitions are the same where all labels are, which takes linear time.
    """
    pairs = [pair for pair in (*arguments, *results) if isinstance(pair.want, _Array)]
    wanted, given = _labels(pairs, of_key=True), _labels(pairs, of_key=False)
    for index, (want, got) in enumerate(zip(wanted, given, strict=True)):
        if want == got:
            continue
        # The first label that differs: all before it are grouped alike.
        if want != index and given[want] != got:
            return _shared("memory.not_shared", pairs[index], pairs[want])
        return _shared("memory.shared_but_should_not", pairs[index], pairs[got])
    return None


def _labels(pairs: Sequence[Pair], *, of_key: bool) -> list[int]:
    first: dict[int, int] = {}
    labels: list[int] = []
    for index, pair in enumerate(pairs):
        node = pair.want if of_key else pair.got
        storage = node.storage if isinstance(node, _Array) else -1
        labels.append(index if storage < 0 else first.setdefault(storage, index))
    return labels


def _shared(key: str, pair: Pair, other: Pair) -> Difference:
    path, partner = pair.where.text(), other.where.text()
    return Difference(Fact.MEMORY, path, Message(key, {"path": path, "other": partner}))
