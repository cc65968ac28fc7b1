"""Compare gradients by the path of their input, and what each result still remembers of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from judge.comparison.facts import tree_difference
from judge.comparison.outcome import exception_name
from judge.comparison.texts import clean
from judge.comparison.trees import Pair
from judge.domain.observation import Gradient, Node, Observation, TensorNode
from judge.domain.problem import Tolerance
from judge.domain.report import Difference, Message
from judge.domain.verdict import Fact

_TELLING = frozenset({"zeros", "negated", "scaled", "nan"})
"""The value messages that mean something of their own where a gradient is concerned."""


def gradient_difference(
    got: Observation, *, want: Observation, tolerance: Tolerance | None
) -> Difference | None:
    """Return the first gradient, in the key's order, that is not the key's."""
    failed = _failure(got, want)
    if failed is not None or want.gradients is None or got.gradients is want.gradients:
        return failed
    if got.gradients is None:
        return _difference("result", "grad.missing", {"path": "result"})
    given = dict(_by_place(got.gradients))
    for place, value in _by_place(want.gradients):
        difference = _one(given.get(place), value, clean(place[0]), tolerance)
        if difference is not None:
            return difference
    return None


def _by_place(gradients: tuple[Gradient, ...]) -> Iterator[tuple[tuple[str, int], Node | None]]:
    """Number gradients of one path: a dict's keys that are no text give their values the same."""
    times: dict[str, int] = {}
    for gradient in gradients:
        path = gradient.path
        times[path] = times.get(path, 0) + 1
        yield (path, times[path]), gradient.value


def _failure(got: Observation, want: Observation) -> Difference | None:
    """Compare whether the backward pass itself failed."""
    if got.gradient_error is None and want.gradient_error is None:
        return None
    given, wanted = exception_name(got.gradient_error), exception_name(want.gradient_error)
    if want.gradient_error is None:
        return _difference("result", "grad.error", {"path": "result", "exception": given})
    if got.gradient_error is None:
        return _difference("result", "grad.no_error", {"path": "result", "expected": wanted})
    if given == wanted:
        return None
    return _difference("result", "grad.error", {"path": "result", "exception": given})


def _one(
    got: Node | None, want: Node | None, path: str, tolerance: Tolerance | None
) -> Difference | None:
    if want is None:
        return None if got is None else _difference(path, "grad.unexpected", {"path": path})
    if got is None:
        return _difference(path, "grad.none", {"path": path})
    found = tree_difference(got, want=want, root=path, tolerance=tolerance)
    if found is None:
        return None
    pattern = found.message.key.removeprefix("value.")
    if found.fact is Fact.VALUE and pattern in _TELLING:
        message = Message(f"grad.{pattern}", found.message.parameters)
    elif found.fact is Fact.VALUE and found.values is not None:
        values = found.values
        counts = {"differing": values.differing, "total": values.total}
        message = Message("grad.value", {"path": found.path, **counts})
    else:
        message = Message("grad.differs", {"path": found.path, "aspect": found.fact.value})
    return Difference(Fact.GRADIENT, found.path, message, found.expected, found.got, found.values)


def _difference(path: str, key: str, parameters: dict[str, str]) -> Difference:
    return Difference(Fact.GRADIENT, path, Message(key, dict(parameters)))


def grad_state_difference(pairs: Iterable[Pair]) -> Difference | None:
    """Return the first tensor whose ``requires_grad`` or ``is_leaf`` is not the key's."""
    for pair in pairs:
        want, got = pair.want, pair.got
        if not (isinstance(want, TensorNode) and isinstance(got, TensorNode)):
            continue
        if want.requires_grad != got.requires_grad:
            key = "grad_state.detached" if want.requires_grad else "grad_state.attached"
            return _state(pair, key, "requires_grad", want=want.requires_grad)
        if want.is_leaf != got.is_leaf:
            key = "grad_state.not_leaf" if want.is_leaf else "grad_state.leaf"
            return _state(pair, key, "is_leaf", want=want.is_leaf)
    return None


def _state(pair: Pair, key: str, attribute: str, *, want: bool) -> Difference:
    path = pair.where.text()
    expected, got = f"{attribute}={want}", f"{attribute}={not want}"
    return Difference(Fact.GRAD_STATE, path, Message(key, {"path": path}), expected, got)
