"""The course as a whole: what each chapter owes is there, and the survey says so or not."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from judge.authoring.survey import survey
from judge.catalog import Chapter, all_problem_files, load_course, load_problem
from judge.domain.problem import Problem, Text
from judge.domain.verdict import Verdict
from judge.pipeline import Judge

pytestmark = pytest.mark.sandbox
ROOT = Path(__file__).resolve().parents[2] / "problems"
COURSE = load_course(ROOT)
PROBLEMS = [load_problem(path) for path in all_problem_files(ROOT)]
FEWEST = {"00-setup": 4, "09-regression": 8}
TURN_ON = {
    **dict.fromkeys(
        (
            Verdict.WRONG_DTYPE,
            Verdict.WRONG_GRADIENT,
            Verdict.WRONG_MEMORY,
            Verdict.WRONG_LAYOUT,
            Verdict.CHANGED_INPUT,
            Verdict.CHANGED_STATE,
            Verdict.WRONG_EXCEPTION,
        ),
        6,
    ),
    **dict.fromkeys(
        (
            Verdict.WRONG_DEVICE,
            Verdict.WRONG_FILES,
            Verdict.WRONG_OUTPUT,
            Verdict.TOO_MANY_OPS,
        ),
        3,
    ),
}
"""How many problems at least shall have a mistake that earns each verdict."""


def of(chapter: Chapter) -> list[Problem]:
    return [each for each in PROBLEMS if each.slug.startswith(f"{chapter.slug}/")]


@pytest.mark.parametrize("chapter", COURSE.chapters, ids=[each.slug for each in COURSE.chapters])
def test_a_chapter_exercises_what_it_owes(judge: Judge, chapter: Chapter) -> None:
    found = survey(judge, chapter, of(chapter))
    assert found.missing == ()
    assert found.problems >= FEWEST.get(chapter.slug, 10)
    assert {f"{chapter.slug}/{name}" for name in chapter.problems} == {
        each.slug for each in of(chapter)
    }


def test_a_name_that_nobody_uses_is_missing(judge: Judge) -> None:
    chapter = Chapter("x", Text("x", "x"), exercises=("torch.cat", "torch.stft"))
    joining = [each for each in PROBLEMS if each.slug.startswith("04-joining/")][:2]
    found = survey(judge, chapter, joining)
    assert found.missing == ("torch.stft",)
    silent = [
        replace(each, solution=each.solution.replace("torch.cat", "_cat")) for each in joining
    ]
    assert "torch.cat" in survey(judge, chapter, silent).missing


def test_a_survey_can_be_told_as_json(judge: Judge) -> None:
    chapter = COURSE.chapters[0]
    told = json.loads(json.dumps(asdict(survey(judge, chapter, of(chapter)))))
    assert sum(told["difficulties"].values()) == len(chapter.problems)
    assert told["uses"]["torch.device"] == ["pick-a-device"]


def test_neither_an_annotation_nor_what_is_given_uses_a_name(judge: Judge) -> None:
    chapter = Chapter("x", Text("x", "x"), exercises=("torch.Tensor", "torch.nn.Module"))
    problem = next(each for each in PROBLEMS if each.slug == "01-creation/sensor-log")
    annotated = problem.solution.replace("(data):", "(data) -> torch.Tensor:")
    assert annotated != problem.solution
    given = f"{problem.given}\nclass Net(torch.nn.Module):\n    pass\n"
    found = survey(judge, chapter, [replace(problem, solution=annotated, given=given)])
    assert found.missing == chapter.exercises


def test_every_fact_is_what_some_problems_turn_on() -> None:
    earned: Counter[Verdict] = Counter()
    for problem in PROBLEMS:
        earned.update({mistake.verdict for mistake in problem.mistakes})
    assert {each: earned[each] for each, least in TURN_ON.items() if earned[each] < least} == {}


@pytest.mark.parametrize("problem", PROBLEMS, ids=[each.slug for each in PROBLEMS])
def test_a_problem_has_what_every_problem_has(problem: Problem) -> None:
    assert len(problem.mistakes) >= 3
    assert len(problem.hints) >= 2
    assert problem.also
    assert any(case.shown for case in problem.cases)
    assert any(not case.shown for case in problem.cases)
    assert "例" in problem.statement.zh
    assert "xample" in problem.statement.en
