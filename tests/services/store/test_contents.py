"""What a chapter's page is given, by two questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from judge.catalog import load_problem
from judge.store import Store, contents, courses
from judge.store.base import utc_now
from judge.store.contents import Contents
from judge.store.course import Chapter, Problem
from judge.store.loading import LoadedChapter, LoadedProblem, load_course
from judge.store.standings import Reached
from judge.store.work import Standing
from tests.services.conftest import TITLE, counted, put_user

pytestmark = pytest.mark.services
SLUGS = ("01-creation/dice", "01-creation/louder")


@pytest.fixture
def problems(store: Store) -> list[Problem]:
    loaded = []
    for slug in SLUGS:
        path = Path(__file__).parents[3] / "problems" / f"{slug}.yaml"
        loaded.append(LoadedProblem(load_problem(path), path.read_text()))
    chapter = LoadedChapter("01-creation", TITLE, TITLE, TITLE, loaded)
    with store.write() as session:
        load_course(session, [chapter])
    with store.read() as session:
        rows = [courses.problem(session, slug) for slug in SLUGS]
    assert None not in rows
    return [row for row in rows if row is not None]


def found(store: Store, user_id: int | None, slug: str = "01-creation") -> Contents | None:
    with counted(store) as seen, store.look() as connection:
        answer = contents.find(connection, slug, user_id)
    assert len([each for each in seen if each.startswith("SELECT")]) <= 2
    return answer


def test_somebody_without_an_account_is_given_the_problems_alone(
    store: Store, problems: list[Problem]
) -> None:
    seen = found(store, None)
    assert seen is not None
    assert {line.slug for line in seen.lines} == set(SLUGS)
    assert [line.standing for line in seen.lines] == [None, None]
    told = {line.slug: (line.title_zh, line.difficulty, line.points) for line in seen.lines}
    assert told == {each.slug: (each.title_zh, each.difficulty, each.points) for each in problems}


def test_a_student_is_given_their_own_standing_and_nobody_elses(
    store: Store, problems: list[Problem]
) -> None:
    ada, bob = put_user(store, "Ada"), put_user(store, "Bob")
    first, second = (each.id for each in problems)
    with store.write() as session:
        for who, which, score, accepted_at in (
            (ada, first, 3, None),
            (ada, second, 9, utc_now()),
            (bob, first, 8, utc_now()),
        ):
            standing = Standing(
                user_id=who,
                problem_id=which,
                attempts=2,
                best_score=score,
                points=9,
                accepted_at=accepted_at,
            )
            session.add(standing)
    seen = found(store, ada)
    assert seen is not None
    assert {line.slug: line.standing for line in seen.lines} == {
        SLUGS[0]: Reached(accepted=False, attempts=2, score=3, points=9),
        SLUGS[1]: Reached(accepted=True, attempts=2, score=9, points=9),
    }


def test_what_is_withdrawn_or_was_never_there_is_not_found(
    store: Store, problems: list[Problem]
) -> None:
    assert found(store, None, "no-such") is None
    with store.write() as session:
        session.execute(update(Problem).where(Problem.slug == SLUGS[0]).values(withdrawn=True))
    seen = found(store, None)
    assert seen is not None
    assert [line.slug for line in seen.lines] == [problems[1].slug]
    with store.write() as session:
        session.execute(update(Chapter).values(withdrawn=True))
    assert found(store, None) is None
