"""Hold what cases state against what the solution does, and the solution against itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from judge.authoring.probes import with_all_facts
from judge.authoring.results import Finding, error
from judge.comparison import compare, render
from judge.domain.observation import Observation, Raised
from judge.domain.problem import Case, Language, Problem, Tolerance
from judge.domain.report import Difference
from judge.domain.verdict import Ending, Fact
from judge.pipeline import Key
from judge.pipeline.runs import author_job
from judge.sandbox.job import RunId
from judge.sandbox.service import Sandbox
from judge.wording import fact_name
from judge.wording import render as worded

_OF_RESULT = frozenset({Fact.OUTCOME, Fact.TYPE, Fact.SHAPE, Fact.DTYPE, Fact.DEVICE, Fact.VALUE})
_EXACT = Tolerance(rtol=0.0, atol=0.0)
_SHORT = 120
_ENDED = frozenset({Ending.RETURNED, Ending.RAISED})

# Freed memory of every small size holds NaN before each call: whoever reads what they did not write
# gets other numbers than from fresh, zeroed pages.
_POISON = """

import torch as _tj_torch
_tj_solution = {function}


def _tj_poison():
    held = [_tj_torch.full((n,), float("nan")) for n in range(1, 260) for _ in range(3)]
    held += [_tj_torch.full((n * 64,), float("nan")) for n in range(1, 200)]
    del held


_tj_inside = []


def {function}(*args, **kwargs):
    if _tj_inside:  # it calls itself
        return _tj_solution(*args, **kwargs)
    _tj_inside.append(True)
    _tj_poison()
    try:
        return _tj_solution(*args, **kwargs)
    finally:
        _tj_inside.clear()
"""


def disagreements(sandbox: Sandbox, problem: Problem, *, key: Key) -> Iterator[Finding]:
    """Yield every case whose stated result or output is not the solution's.

    Raises:
        SandboxError: the sandbox failed.
    """
    if any(each.returns is not None for each in problem.cases):
        yield from _returns(sandbox, problem, key)
    for index, case in enumerate(problem.cases):
        if case.prints is not None:
            yield from _prints(
                case, [seen for run, seen in key.observations.items() if run.case == index]
            )


def _returns(sandbox: Sandbox, problem: Problem, key: Key) -> Iterator[Finding]:
    job = author_job(problem, problem.solution, seeds=(key.seed,))
    runs = tuple(
        replace(run, call=replace(run.call, returns=stated))
        for run in job.runs
        if (stated := problem.cases[run.id.case].returns) is not None
    )
    result = sandbox.run(replace(job, runs=runs))
    if result.fault is not None:
        case = problem.cases[runs[max(0, result.fault.order)].id.case]
        message = f"`returns` can't be evaluated: {_said(result.fault.raised)}"
        yield error(
            _at(case), message, "mend the expression; it may use the names of `let` and `setup`"
        )
        return
    told: set[int] = set()
    for run, seen in result.observations.items():
        case = problem.cases[run.case]
        solution = key.observations.get(run)
        if run.case in told or solution is None:
            continue
        tolerance = case.tolerance or problem.tolerance
        found = _result_difference(solution, seen, tolerance)
        if found is not None:
            told.add(run.case)
            yield error(
                _at(case), _disagreement(solution, seen, found), _REMEDY.format(key="returns")
            )


_REMEDY = (
    "mend `{key}`, or the solution; `{key}` may be left out, for then the solution is believed"
)


def _result_difference(
    solution: Observation, stated: Observation, tolerance: Tolerance | None
) -> Difference | None:
    """Return the first difference of the results; nothing was called, so nothing else counts."""
    found = compare(solution, want=stated, checks=frozenset(), tolerance=tolerance)
    return next((each for each in found if each.fact in _OF_RESULT), None)


def _disagreement(solution: Observation, stated: Observation, found: Difference) -> str:
    got, want = (_result_text(each) for each in (solution, stated))
    aspect = fact_name(found.fact, Language.EN)
    return f"the solution returns {got}, but `returns` is {want}: not the same {aspect}"


def _result_text(seen: Observation) -> str:
    return "nothing" if seen.result is None else " ".join(render(seen.result, limit=_SHORT).split())


def _prints(case: Case, seen: list[Observation]) -> Iterator[Finding]:
    """Hold the stated output against the solution's, line by line as an answer's is."""
    want = (case.prints or "").encode()
    for each in seen:
        found = compare(each, want=replace(each, output=want), checks=frozenset({Fact.OUTPUT}))
        output = next((one for one in found if one.fact is Fact.OUTPUT), None)
        if output is not None:
            message = (
                f"`prints` is not what the solution prints: {worded(output.message, Language.EN)}"
            )
            shown = f" (stated {output.expected!r}, printed {output.got!r})"
            yield error(_at(case), message + shown, _REMEDY.format(key="prints"))
            return


def unsteadiness(sandbox: Sandbox, problem: Problem, *, key: Key) -> Iterator[Finding]:
    """Yield the first case in which the solution, run once more, does something else.

    Raises:
        SandboxError: the sandbox failed.
    """
    full = with_all_facts(problem)
    poison = _POISON.format(function=problem.signature.name)
    sources = (problem.solution, problem.solution + poison)
    first, second = (
        sandbox.run(author_job(full, source, seeds=(key.seed,))).observations for source in sources
    )
    found = _first_unlike(first, second, full)
    if found is not None:
        case, difference = found
        message = f"the solution run twice on the same inputs differs in its {difference.fact}"
        remedy = "it must not read the time, uninitialised memory or a generator that is not seeded"
        yield error(_at(case), message, remedy)


def _first_unlike(
    first: Mapping[RunId, Observation], second: Mapping[RunId, Observation], problem: Problem
) -> tuple[Case, Difference] | None:
    for run, want in first.items():
        case = problem.cases[run.case]
        got = second.get(run)
        # Operations are not compared: the poison's are among them.
        checks = case.checks - {Fact.OPERATIONS}
        found = compare(got, want=want, checks=checks, tolerance=_EXACT) if got is not None else ()
        # A run past its time says that the machine is busy.
        if found and got is not None and {want.ending, got.ending} <= _ENDED:
            return case, found[0]
    return None


def _said(raised: Raised) -> str:
    return f"{raised.classes[0] if raised.classes else '?'}: {raised.message}"


def _at(case: Case) -> str:
    return f"case {case.name.en!r}"
