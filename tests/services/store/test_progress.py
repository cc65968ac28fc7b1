"""Where a student stands, and where to go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge.catalog import load_problem
from judge.store import Store, courses, loading, progress, submissions
from judge.store.base import utc_now
from judge.store.course import Problem
from judge.store.submissions import Answer
from judge.store.work import Standing
from tests.services.conftest import TITLE, put_user

pytestmark = pytest.mark.services
SLUGS = ("01-creation/dice", "01-creation/rewind")


@pytest.fixture
def two(store: Store, request: pytest.FixtureRequest) -> tuple[Problem, Problem]:
    """Load a chapter of two problems, in this order."""
    paths: list[Path] = [request.config.rootpath / "problems" / f"{slug}.yaml" for slug in SLUGS]
    loaded = [loading.LoadedProblem(load_problem(path), path.read_text()) for path in paths]
    with store.write() as session:
        chapter = loading.LoadedChapter("01-creation", TITLE, TITLE, TITLE, loaded)
        loading.load_course(session, [chapter])
    with store.read() as session:
        first, second = (courses.problem(session, slug) for slug in SLUGS)
    assert first is not None
    assert second is not None
    return first, second


def resumed(store: Store, user_id: int) -> str | None:
    with store.read() as session:
        found = progress.resume(session, user_id)
    return None if found is None else found.slug


def submit(store: Store, user_id: int, problem: Problem, *, accepted: bool) -> None:
    when = utc_now()
    with store.write() as session:
        submissions.create(
            session.connection(), problem, Answer("x"), user_id=user_id, most_under_way=9
        )
        session.add(
            Standing(
                user_id=user_id,
                problem_id=problem.id,
                attempts=1,
                attempts_until_accepted=1 if accepted else None,
                best_score=1,
                points=1,
                accepted_at=when if accepted else None,
            )
        )


def test_one_goes_on_at_the_latest_problem_until_it_is_solved(
    store: Store, two: tuple[Problem, Problem]
) -> None:
    user_id = put_user(store)
    assert resumed(store, user_id) is None
    submit(store, user_id, two[0], accepted=False)
    assert resumed(store, user_id) == SLUGS[0]


def test_after_a_solved_problem_one_goes_on_with_the_next(
    store: Store, two: tuple[Problem, Problem]
) -> None:
    user_id = put_user(store)
    submit(store, user_id, two[0], accepted=True)
    assert resumed(store, user_id) == SLUGS[1]
    submit(store, user_id, two[1], accepted=True)  # the last of the course
    assert resumed(store, user_id) == SLUGS[1]
