"""Turn two observations into the facts in which they differ, and those into a verdict; no I/O."""

from __future__ import annotations

from itertools import chain

from judge.comparison import effects
from judge.comparison.facts import Found, result_facts
from judge.comparison.gradients import grad_state_difference, gradient_difference
from judge.comparison.memory import layout_difference, memory_difference
from judge.comparison.outcome import ENDED, RAISED, outcome_difference
from judge.comparison.trees import Alignment, Pair, align
from judge.domain.observation import Observation, OpaqueNode
from judge.domain.problem import Tolerance
from judge.domain.report import Difference
from judge.domain.verdict import VERDICT_OF, Ending, Fact, Verdict

_NO_GRADIENT_AFTER = frozenset({Fact.TYPE, Fact.SHAPE, Fact.DTYPE, Fact.VALUE})
"""Facts that explain a wrong gradient better than the gradient would."""


def compare(
    got: Observation,
    *,
    want: Observation,
    checks: frozenset[Fact],
    tolerance: Tolerance | None = None,
    max_ops: int | None = None,
    raises: str | None = None,
) -> tuple[Difference, ...]:
    """Compare an answer with the key, fact by fact, in teaching order.

    Never raises, and takes time and memory linear in what was observed, whatever a liar sent. What
    is of one origin, and parts that are the same object, for the answer sent the key's own bytes,
    are taken for equal: ``judge.sandbox`` keeps apart what equals nothing.

    Args:
        got: the answer's observation.
        want: the key.
        checks: the on-request facts that the case asks for; all others are always compared.
        tolerance: the author's, for floating and complex numbers; else each dtype has its own.
        max_ops: the most dispatched operations; else a multiple of the key's.
        raises: the exception class that the case names; else the key's own.

    Returns:
        At most one difference for each fact; nothing where the answer is right.
    """
    outcome = outcome_difference(got, want=want, raises=raises)
    if outcome is not None:
        return (outcome,)
    found: Found = {}
    if got.origin is None or got.origin is not want.origin:
        found = _call_facts(got, want, checks, tolerance)
        _put(found, effects.input_difference(got, want=want, tolerance=tolerance))
        _put(found, effects.state_difference(got, want=want))
        if Fact.FILES in checks:
            _put(found, effects.files_difference(got, want=want, tolerance=tolerance))
    if Fact.OUTPUT in checks:
        _put(found, effects.output_difference(got, want=want))
    if Fact.OPERATIONS in checks:
        _put(found, effects.operations_difference(got, want=want, max_ops=max_ops))
    return tuple(found[fact] for fact in Fact if fact in found) if found else ()


def _call_facts(
    got: Observation, want: Observation, checks: frozenset[Fact], tolerance: Tolerance | None
) -> Found:
    """Compare what the call returned, and what only its tensors can tell."""
    found: Found = {}
    arguments = _arguments(got, want) if checks & {Fact.MEMORY, Fact.GRAD_STATE} else []
    if want.ending is not Ending.RETURNED:
        # What raised has returned nothing, but may have frozen or thawed its arguments.
        if Fact.GRAD_STATE in checks:
            _put(found, grad_state_difference(arguments))
        return found
    alike = got.result is want.result is not None and got.arguments is want.arguments
    if not alike:
        results = _result(got, want)
        found |= _result_facts(results, tolerance)
        if results.misfit is None:
            found |= _requested(results.pairs, arguments, checks)
    if Fact.GRADIENT in checks and not _NO_GRADIENT_AFTER & found.keys():
        _put(found, gradient_difference(got, want=want, tolerance=tolerance))
    return found


def _put(found: Found, difference: Difference | None) -> None:
    if difference is not None:
        found[difference.fact] = difference


def _result(got: Observation, want: Observation) -> Alignment:
    # A call that returned has a result; where the reader lost it, nothing equals it.
    wanted = want.result if want.result is not None else OpaqueNode("?", "unknown")
    given = got.result if got.result is not None else OpaqueNode("?", "unreadable")
    return align(given, want=wanted, root="result")


def _result_facts(results: Alignment, tolerance: Tolerance | None) -> Found:
    if results.misfit is not None:
        return {Fact.TYPE: results.misfit}
    return result_facts(results.pairs, tolerance=tolerance)


def _arguments(got: Observation, want: Observation) -> list[Pair]:
    """Pair the arguments after the call, as far as their types agree."""
    pairs: list[Pair] = []
    for (name, node), (other, given) in zip(want.arguments, got.arguments, strict=False):
        if name != other:
            break
        pairs += align(given, want=node, root=effects.argument_path(name)).pairs
    return pairs


def _requested(results: list[Pair], arguments: list[Pair], checks: frozenset[Fact]) -> Found:
    found: Found = {}
    if Fact.GRAD_STATE in checks:
        _put(found, grad_state_difference(chain(results, arguments)))
    if Fact.LAYOUT in checks:
        _put(found, layout_difference(results))
    if Fact.MEMORY in checks:
        _put(found, memory_difference(arguments, results))
    return found


def verdict_of(differences: tuple[Difference, ...]) -> Verdict:
    """Return the verdict that the first difference names; accepted where there is none."""
    if not differences:
        return Verdict.ACCEPTED
    first = differences[0]
    if first.message.key in {RAISED, ENDED}:
        return Verdict.RUNTIME_ERROR
    return VERDICT_OF[first.fact]


def same_behaviour(
    a: Observation,
    b: Observation,
    *,
    checks: frozenset[Fact],
    tolerance: Tolerance | None = None,
    max_ops: int | None = None,
) -> bool:
    """Tell whether the facts of a case cannot tell two answers apart, one a known mistake, say.

    Two that raise have to raise the same class. Of their operations only what the case judges
    counts: whether both stay within its limit, or, without one, that neither has twice the other's.
    """
    if a.ending is Ending.RAISED and b.ending is Ending.RAISED and _class(a) != _class(b):
        return False
    if compare(a, want=b, checks=checks - {Fact.OPERATIONS}, tolerance=tolerance):
        return False
    return Fact.OPERATIONS not in checks or _same_operations(a, b, max_ops)


def _class(observation: Observation) -> str | None:
    raised = observation.raised
    return raised.classes[0] if raised is not None and raised.classes else None


def _same_operations(a: Observation, b: Observation, max_ops: int | None) -> bool:
    if a.operations is None or b.operations is None:
        return a.operations is b.operations
    if max_ops is None:
        pairs = ((a, b), (b, a))
        return not any(
            effects.operations_difference(one, want=other, max_ops=None) for one, other in pairs
        )
    counts = (effects.operations_count(each.operations or ()) for each in (a, b))
    return len({count > max_ops for count in counts}) == 1
