"""Judge one answer on many draws of its inputs by few children: for authors, who ask for many.

A student's answer gets a child of its own for one draw, always. Here draws share one, so what an
answer leaves behind for its next call may reach the next draw: a verdict that surprises is to be
asked for again, alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from judge.domain.problem import Problem
from judge.domain.verdict import Verdict
from judge.pipeline.assess import assess_all, missing_requirement
from judge.pipeline.keys import Key, by_draw
from judge.pipeline.reporting import stop_report
from judge.pipeline.runs import runs_of, student_job
from judge.sandbox.service import Sandbox
from judge.sandbox.session import SessionResult

MOST_TOGETHER = 10
"""Draws that one child serves: all their inputs lie in its memory at once."""


def verdicts(
    sandbox: Sandbox, problem: Problem, source: str, keys: Sequence[Key]
) -> Iterator[Verdict | None]:
    """Judge an answer under each of several keys.

    Args:
        sandbox: where it runs.
        problem: what it answers.
        source: the answer.
        keys: what the reference gives, one for each draw.

    Yields:
        The verdict under each key, in order; None where it was not run to its end.

    Raises:
        SandboxError: the sandbox failed. Nothing is said about the answer.
    """
    for start in range(0, len(keys), MOST_TOGETHER):
        yield from _together(sandbox, problem, source, keys[start : start + MOST_TOGETHER])


def _together(
    sandbox: Sandbox, problem: Problem, source: str, keys: Sequence[Key]
) -> Iterator[Verdict | None]:
    runs = tuple(
        run.of_draw(draw)
        for draw, key in enumerate(keys)
        for run in key.runs or runs_of(problem, seed=key.seed)
    )
    known = {
        run._replace(draw=draw): seen
        for draw, key in enumerate(keys)
        for run, seen in key.observations.items()
    }
    result = sandbox.run(student_job(problem, source, seed="", runs=runs), known)
    seen = by_draw(result.observations)
    for draw, key in enumerate(keys):
        if result.fault is not None:
            yield None
        elif result.stop is not None:
            # Before its first call: that is so on every draw.
            yield stop_report(problem, result).verdict
        else:
            mine = replace(result, observations=dict(seen[draw]))
            yield _verdict(problem, mine, key)


def _verdict(problem: Problem, result: SessionResult, key: Key) -> Verdict | None:
    found = [each.verdict for each in assess_all(problem, result.observations, key).values()]
    if None in found:
        return None
    wrong = next((each for each in found if each is not Verdict.ACCEPTED), None)
    if wrong is None and missing_requirement(problem, result, key) is not None:
        return Verdict.FORBIDDEN
    return wrong or Verdict.ACCEPTED
