"""Every hostile program gets the verdict that it deserves, and leaves nothing behind."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from _pytest.mark.structures import ParameterSet

from judge.domain.problem import Problem
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.pipeline import Judge
from judge.sandbox.service import Sandbox
from tests.sandbox.hostile import watch
from tests.sandbox.hostile.census import Program, programs
from tests.sandbox.small import HIDDEN, LIMITS, OTHER_HIDDEN, PROBLEMS, archive, keyed, secret

pytestmark = pytest.mark.sandbox

ALL = programs()
MOST_WALL_S = 3 * (3 * LIMITS.time_s + 1) + 5
"""Three time-outs by the wall's clock, and a good deal for a busy machine."""
MOST_OWN_S = 1.5
"""CPU seconds that a submission may cost outside its walls, where no limit of its own holds."""


@pytest.fixture(scope="module", autouse=True)
def _nothing_left_outside() -> Iterator[None]:
    """No program of this module may have changed the interpreter's or torch's folders."""
    before = watch.changed_at()
    yield
    assert watch.changed_at() == before
    assert not watch.footprints()


def judged(judge: Judge, problem: Problem, program: Program) -> Report:
    start, own = time.monotonic(), time.process_time()
    reports = [judge.judge(problem, program.source) for _ in range(program.runs)]
    assert time.monotonic() - start < MOST_WALL_S * program.runs
    assert time.process_time() - own < MOST_OWN_S * program.runs
    return reports[-1]


def attacks() -> Iterator[ParameterSet]:
    for program in ALL:
        for name in program.problems:
            yield pytest.param(program, name, id=f"{program.name}-{name}")


@pytest.mark.parametrize(("program", "name"), list(attacks()))
def test_a_hostile_program_gets_its_verdict_and_leaves_nothing_behind(
    judge: Judge, sandbox: Sandbox, program: Program, name: str
) -> None:
    problem = PROBLEMS[name]
    zygote = sandbox.zygote()
    report = judged(judge, problem, program)

    assert report.verdict in program.expects
    assert report.score < report.points
    assert not watch.leaks(report)
    assert not watch.controls(report)
    assert len(watch.as_text(report)) < watch.MOST_REPORT_BYTES
    assert all(watch.sentences(report))

    assert sandbox.zygote() is zygote, "it killed the zygote"
    assert not watch.outlaws(sandbox)
    assert judge.judge(problem, problem.solution).verdict is Verdict.ACCEPTED


SPELLING = [program for program in ALL if program.spells]
HIDING = {"secret": secret, "keyed": keyed, "archive": archive}


@pytest.mark.parametrize("program", SPELLING, ids=[program.name for program in SPELLING])
def test_what_is_shown_does_not_depend_on_hidden_inputs(judge: Judge, program: Program) -> None:
    for name in program.problems:
        shown = []
        for version, hidden in (("1", HIDDEN), ("2", OTHER_HIDDEN)):
            problem = replace(HIDING[name](hidden=hidden), version=version)
            report = judge.judge(problem, program.source)
            shown.append(watch.spoken(replace(report, version="")))
        assert shown[0] == shown[1]


def test_no_program_expects_to_be_accepted() -> None:
    assert not [program.name for program in ALL if Verdict.ACCEPTED in program.expects]


def test_the_honest_answers_of_the_small_problems_are_accepted(judge: Judge) -> None:
    for name, problem in PROBLEMS.items():
        assert judge.judge(problem, problem.solution).verdict is Verdict.ACCEPTED, name
