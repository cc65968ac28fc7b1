"""What is told of a submission: where it waits, what came of it, and nothing in between."""

from __future__ import annotations

import pytest

from judge.domain.lifecycle import Queue, State
from judge.domain.problem import Text
from judge.domain.report import CaseReport, Report
from judge.domain.verdict import Verdict
from judge.store import Store, outcomes, queue, reports, submissions
from judge.store.rejudging import Selection, rejudge
from judge.store.submissions import Answer, Made
from tests.services.conftest import SLUG, counted, put_problem, put_user

pytestmark = pytest.mark.services
_CASES = tuple(
    CaseReport(number, 0, Text(f"第 {number} 例", f"case {number}"), True, 2, Verdict.ACCEPTED)  # noqa: FBT003  shown
    for number in range(3)
)
REPORT = Report(SLUG, "v", Verdict.ACCEPTED, 6, 6, cases=_CASES)


def submit(store: Store, user_id: int, code: str = "x = 1") -> Made:
    problem = put_problem(store)
    with store.once() as connection:
        return submissions.create(
            connection, problem, Answer(code), user_id=user_id, most_under_way=9
        )


def judge_next(store: Store) -> None:
    with store.once() as connection:
        claim = queue.claim(connection, queues=list(Queue), worker="tests", lease_s=60)
    assert claim is not None
    with store.write() as session:
        assert queue.finish(session.connection(), claim, REPORT, seed="seed")


def find(store: Store, number: int) -> outcomes.Outcome:
    with store.look() as connection:
        found = outcomes.find(connection, number)
    assert found is not None
    return found


def test_what_came_of_it_is_the_report_that_was_written(store: Store) -> None:
    ada = put_user(store)
    number = submit(store, ada).id
    waiting = find(store, number)
    assert (waiting.state, waiting.verdict, waiting.report, waiting.cases) == (
        State.QUEUED,
        None,
        None,
        (),
    )
    judge_next(store)
    found = find(store, number)
    assert (found.user_id, found.code, found.problem.slug) == (ada, "x = 1", SLUG)
    assert (found.state, found.verdict) == (State.JUDGED, REPORT.verdict)
    assert found.report is not None
    again = reports.load(found.report, found.cases)
    assert again == REPORT


def test_it_takes_one_question(store: Store) -> None:
    number = submit(store, put_user(store)).id
    with counted(store) as seen, store.look() as connection:
        assert outcomes.done(connection, number) is None
    assert len(seen) == 1
    judge_next(store)
    with counted(store) as seen, store.look() as connection:
        assert outcomes.done(connection, number) == outcomes.find(connection, number)
    assert len(seen) == 2


def test_places_are_counted_in_the_order_of_the_queue(store: Store) -> None:
    one, two = put_user(store, "Flood"), put_user(store, "Other")
    flood = [submit(store, one).id for _ in range(3)]
    other = submit(store, two).id
    with store.look() as connection:
        places = [outcomes.place(connection, each) for each in (*flood, other)]
    # Each further one of a student queues up behind everybody else's first.
    assert places == [1, 3, 4, 2]
    judge_next(store)
    with store.look() as connection:
        assert [outcomes.place(connection, each) for each in (*flood, other)] == [None, 2, 3, 1]


def test_one_that_is_judged_again_waits_and_keeps_its_verdict(store: Store) -> None:
    number = submit(store, put_user(store)).id
    judge_next(store)
    with store.write() as session:
        assert rejudge(session, Selection(submission_id=number)) == [number]
    found = find(store, number)
    assert (found.state, found.verdict) == (State.QUEUED, REPORT.verdict)
    with store.look() as connection:
        assert outcomes.done(connection, number) is None


def test_there_is_none_where_there_is_none(store: Store) -> None:
    with store.look() as connection:
        assert outcomes.find(connection, 12345) is None
        assert outcomes.place(connection, 12345) is None
        assert outcomes.done(connection, 12345) is None
