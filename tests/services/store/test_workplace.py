"""What a problem's page is given, by one question."""

from __future__ import annotations

import pytest

from judge.domain.lifecycle import Kind
from judge.store import Store, drafts, submissions, workplace
from judge.store.base import utc_now
from judge.store.course import Chapter, Problem
from judge.store.standings import Reached
from judge.store.submissions import Answer
from judge.store.work import Standing, Submission
from judge.store.workplace import Latest, Workplace, Written
from tests.services.conftest import SLUG, counted, put_problem, put_user

pytestmark = pytest.mark.services


@pytest.fixture
def problem(store: Store) -> Problem:
    return put_problem(store)


def found(store: Store, user_id: int | None, slug: str = SLUG) -> Workplace | None:
    with counted(store) as seen, store.look() as connection:
        answer = workplace.find(connection, slug, user_id)
    assert len([each for each in seen if each.startswith("SELECT")]) == 1
    return answer


def submit(store: Store, problem: Problem, user_id: int, kind: Kind = Kind.SUBMIT) -> int:
    with store.write() as session:
        answer = Answer("x", kind)
        made = submissions.create(
            session.connection(), problem, answer, user_id=user_id, most_under_way=9
        )
        return made.id


def test_somebody_without_an_account_is_given_the_problem_alone(
    store: Store, problem: Problem
) -> None:
    assert problem.version is not None
    somebody = put_user(store)
    submit(store, problem, somebody)
    seen = found(store, None)
    assert seen is not None
    assert (seen.slug, seen.source) == (SLUG, problem.version.source)
    assert seen.chapter.slug == "01-creation"
    assert (seen.draft, seen.standing, seen.latest) == (None, None, None)


def test_a_student_is_given_their_own_and_nobody_elses(store: Store, problem: Problem) -> None:
    ada, bob = put_user(store, "Ada"), put_user(store, "Bob")
    numbers = [submit(store, problem, who) for who in (ada, ada, bob)]
    submit(store, problem, ada, Kind.RUN)
    now = utc_now()
    with store.write() as session:
        for who, code in ((ada, "mine"), (bob, "his")):
            drafts.save(session, user_id=who, problem_id=problem.id, code=code, based_on=0)
        standing = Standing(
            user_id=ada, problem_id=problem.id, attempts=2, best_score=3, points=8, accepted_at=None
        )
        session.add(standing)
    seen = found(store, ada)
    assert seen is not None
    assert seen.draft == Written("mine", 1)
    assert seen.standing == Reached(accepted=False, attempts=2, score=3, points=8)
    assert seen.latest == Latest(numbers[1], None)
    with store.write() as session:
        row = session.get_one(Submission, numbers[1])
        row.state, row.judged_at = "judged", now
        session.get_one(Standing, (ada, problem.id)).accepted_at = now
    seen = found(store, ada)
    assert seen is not None
    assert seen.latest == Latest(numbers[1], now)
    assert seen.standing is not None
    assert seen.standing.accepted


def test_what_is_withdrawn_or_was_never_there_is_not_found(store: Store, problem: Problem) -> None:
    assert found(store, None, "01-creation/none") is None
    with store.write() as session:
        session.get_one(Problem, problem.id).withdrawn = True
    assert found(store, None) is None


def test_a_problem_of_a_withdrawn_chapter_has_no_neighbours(store: Store, problem: Problem) -> None:
    with store.write() as session:
        session.get_one(Chapter, problem.chapter_id).withdrawn = True
    seen = found(store, None)
    assert seen is not None
    assert (seen.before, seen.after) == (None, None)
