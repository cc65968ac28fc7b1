"""Hold one case's runs against the key: a verdict, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judge.comparison import compare, verdict_of
from judge.domain.observation import Observation
from judge.domain.problem import Case, Limits, Problem
from judge.domain.report import Difference, Message
from judge.domain.verdict import Device, Ending, Fact, Verdict
from judge.pipeline.keys import Key, is_unsimulated, tells
from judge.pipeline.runs import traced
from judge.sandbox.conversation import MAX_OUTPUT_BYTES, WALL_EXTRA_S, WALL_FACTOR
from judge.sandbox.job import RunId, Simulation
from judge.sandbox.session import SessionResult


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one repetition of a case comes to; ``seen`` is the run that is shown, if any."""

    verdict: Verdict | None
    differences: tuple[Difference, ...] = ()
    message: Message | None = None
    seen: Observation | None = None


_LIMITS = {
    Ending.TIMED_OUT: Verdict.TIME_LIMIT,
    Ending.OUT_OF_MEMORY: Verdict.MEMORY_LIMIT,
    Ending.TOO_MUCH_OUTPUT: Verdict.OUTPUT_LIMIT,
    Ending.DIED: Verdict.RUNTIME_ERROR,
}


def assess(
    problem: Problem,
    run: RunId,
    *,
    got: Mapping[RunId, Observation],
    want: Mapping[RunId, Observation],
) -> Assessment:
    """Assess one repetition of a case: all its runs, real or simulated, merged into one verdict."""
    case = problem.cases[run.case]
    merged: dict[Fact, Difference] = {}
    shown: Observation | None = None
    for part in _telling_runs(run, case, got, want):
        seen = got.get(part)
        if seen is None:
            return Assessment(None, message=Message("skipped.timeouts"))
        message = ending_message(seen, problem.limits)
        if message is not None:
            return Assessment(_LIMITS[seen.ending], message=message, seen=seen)
        called = _forbidden_call(problem, seen)
        if called is not None:
            message = Message("forbidden.called", {"name": called})
            return Assessment(Verdict.FORBIDDEN, message=message, seen=seen)
        found = compare(
            seen,
            want=want[part],
            checks=case.checks,
            tolerance=case.tolerance or problem.tolerance,
            max_ops=case.max_ops,
            raises=case.raises,
        )
        shown = seen if shown is None or found else shown
        for difference in found:
            merged.setdefault(difference.fact, difference)
    differences = tuple(merged[fact] for fact in Fact if fact in merged) if merged else ()
    return Assessment(verdict_of(differences), differences, seen=shown)


def assess_all(
    problem: Problem, got: Mapping[RunId, Observation], key: Key
) -> dict[RunId, Assessment]:
    """Assess every repetition of every case, in order."""
    found = {}
    for index, case in enumerate(problem.cases):
        for repetition in range(case.repeat):
            run = RunId(index, repetition)
            found[run] = assess(problem, run, got=got, want=key.observations)
    return found


def _telling_runs(
    run: RunId, case: Case, got: Mapping[RunId, Observation], want: Mapping[RunId, Observation]
) -> list[RunId]:
    """Return the runs of one repetition that are to be compared.

    A fake run in which only the answer needed a value is left to its CPU twin, where there is one.
    """
    if case.device is Device.CPU:
        return [run]
    parts = [RunId(run.case, run.repetition, each) for each in Simulation]
    telling = [each for each in parts if each in want and tells(want[each], each.simulation, case)]
    if len(telling) > 1:
        return [each for each in telling if each not in got or not is_unsimulated(got[each])]
    return telling


def ending_message(seen: Observation, limits: Limits) -> Message | None:
    """Say which limit was passed, or how the process died; None where the call came to an end."""
    match seen.ending:
        case Ending.RETURNED | Ending.RAISED:
            return None
        case Ending.TIMED_OUT:
            return _out_of_time(seen.death, limits)
        case Ending.OUT_OF_MEMORY:
            return Message("limit.memory", {"limit_mb": limits.memory_bytes >> 20})
        case Ending.TOO_MUCH_OUTPUT:
            return Message("limit.output", {"limit_kb": MAX_OUTPUT_BYTES >> 10})
        case Ending.DIED:
            return _died(seen.death)


def _out_of_time(death: str, limits: Limits) -> Message:
    if death == "wall":
        return Message("limit.wall", {"limit_s": limits.time_s * WALL_FACTOR + WALL_EXTRA_S})
    return Message("limit.time", {"limit_s": limits.time_s})


def _died(death: str) -> Message:
    if death.startswith("SIG"):
        return Message("died.signal", {"signal": death})
    if death.startswith("exit"):
        return Message("died.exit", {"code": death.removeprefix("exit ")})
    return Message("died.garbled")


def ending_verdict(ending: Ending) -> Verdict:
    """Return the verdict of an ending that leaves nothing to compare."""
    return _LIMITS[ending]


def was_called(rule: str, calls: frozenset[str]) -> bool:
    """Tell whether a rule's function was among the calls really made, as function or as method."""
    name = rule.removeprefix("torch.").removeprefix("Tensor.")
    return f"torch.{name}" in calls or f"torch.Tensor.{name}" in calls


def _forbidden_call(problem: Problem, seen: Observation) -> str | None:
    rules = [rule for rule in problem.rules.forbid if traced(rule)]
    calls = (rules and seen.calls) or frozenset()
    return next((rule for rule in rules if was_called(rule, calls)), None)


def missing_requirement(problem: Problem, result: SessionResult, key: Key) -> str | None:
    """Return a name that the problem requires and the answer did not use.

    For a function that can be traced (the reference's use of it was) only a real call counts; for
    the rest, a class say, that the text uses it.
    """
    if not problem.rules.require:
        return None
    called = _calls(result.observations)
    traceable = _calls(key.observations)
    for rule in problem.rules.require:
        if traced(rule) and was_called(rule, traceable):
            if not was_called(rule, called):
                return rule
        elif rule not in result.uses:
            return rule
    return None


def _calls(observations: Mapping[RunId, Observation]) -> frozenset[str]:
    return frozenset().union(*(seen.calls or () for seen in observations.values()))
