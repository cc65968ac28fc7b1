"""What is old goes, a little at a time; what a student would miss stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from judge.domain.administration import Act
from judge.domain.lifecycle import Kind, Queue, State
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.store import Store, audit, outcomes, queue, retention, submissions
from judge.store.administration import AuditEntry
from judge.store.audit import COMMAND_LINE
from judge.store.base import utc_now
from judge.store.rejudging import Selection, rejudge
from judge.store.retention import WINDOW, Kept
from judge.store.submissions import Answer
from judge.store.work import CaseResult, DraftCopy, Submission
from tests.services.conftest import put_problem, put_user
from worker.retention import Retention

pytestmark = pytest.mark.services
DAY_S = 86400.0
OLD = timedelta(days=100)
KEPT = Kept(runs_s=7 * DAY_S, copies_s=30 * DAY_S, details_s=30 * DAY_S)
REPORT = Report("01-creation/dice", "1", Verdict.ACCEPTED, score=3, points=3)
FOR_EVER = Kept(runs_s=7 * DAY_S)


def judged(store: Store, user_id: int, *, kind: Kind = Kind.SUBMIT) -> int:
    """Submit, and judge without a sandbox; return the number."""
    problem = put_problem(store)
    with store.write() as session:
        row = submissions.create(
            session.connection(),
            problem,
            Answer("x = 1", kind),
            user_id=user_id,
            most_under_way=10**6,
        )
    with store.once() as connection:
        claim = queue.claim(connection, queues=list(Queue), worker="tests", lease_s=60)
    assert claim is not None
    with store.write() as session:
        assert queue.finish(session.connection(), claim, REPORT, seed="seed")
        session.execute(
            insert(CaseResult).values(
                submission_id=row.id, position=0, verdict="accepted", detail={"a": 1}
            )
        )
    return row.id


def age(store: Store, *numbers: int) -> None:
    with store.write() as session:
        session.execute(
            update(Submission)
            .where(Submission.id.in_(numbers))
            .values(created_at=utc_now() - OLD, judged_at=utc_now() - OLD)
        )


def tidied(store: Store, kept: Kept = KEPT) -> int:
    """Go through everything once; return in how many turns."""
    return sum(1 for _ in Retention(store, kept).round())


def details(store: Store) -> list[int]:
    with store.read() as session:
        return list(session.scalars(select(CaseResult.submission_id).order_by("submission_id")))


def test_an_old_result_keeps_verdict_score_and_code(store: Store) -> None:
    user_id = put_user(store)
    old, young = judged(store, user_id), judged(store, user_id)
    age(store, old)
    tidied(store)
    assert details(store) == [young]
    with store.read() as session:
        row = outcomes.find(session.connection(), old)
        assert row is not None
        assert (row.report, row.verdict, row.score, row.code) == (None, "accepted", 3, "x = 1")
        kept = outcomes.find(session.connection(), young)
        assert kept is not None
        assert kept.report is not None


def test_by_default_everything_is_kept(store: Store) -> None:
    old = judged(store, put_user(store))
    age(store, old)
    assert tidied(store, FOR_EVER) == 0
    assert details(store) == [old]


def test_what_is_being_judged_again_keeps_its_details(store: Store) -> None:
    old = judged(store, put_user(store))
    age(store, old)
    aging = next(iter(retention.agings(Kept(runs_s=1, details_s=DAY_S))))
    with store.read() as session:
        found = retention.look(session, aging, after=0)
    assert found.old == [old]
    # Between the look and the deed somebody asks for it to be judged again.
    with store.write() as session:
        rejudge(session, Selection(submission_id=old))
    with store.write() as session:
        assert retention.forget(session, aging, found.old) == 0
    assert details(store) == [old]


def test_many_old_rows_go_in_small_portions(store: Store) -> None:
    user_id, problem = put_user(store), put_problem(store)
    count = 3 * WINDOW + 1
    row = {"user_id": user_id, "problem_id": problem.id, "code": "x"}
    with store.write() as session:
        session.execute(
            insert(DraftCopy),
            [{**row, "saved_at": utc_now() - OLD} for _ in range(count)]
            + [{**row, "saved_at": utc_now()} for _ in range(5)],
        )
    assert tidied(store) == 4
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(DraftCopy)) == 5


def test_a_turn_does_one_portion_and_the_next_goes_on(store: Store) -> None:
    user_id, problem = put_user(store), put_problem(store)
    row = {"user_id": user_id, "problem_id": problem.id, "code": "x", "saved_at": utc_now() - OLD}
    with store.write() as session:
        session.execute(insert(DraftCopy), [row] * (2 * WINDOW))
    made = Retention(store, KEPT, first_after_s=0)
    left = []
    for _ in range(4):
        made.turn()
        with store.read() as session:
            left.append(session.scalar(select(func.count()).select_from(DraftCopy)))
    assert left == [WINDOW, 0, 0, 0]


def test_old_trial_runs_go_and_submissions_stay(store: Store) -> None:
    user_id = put_user(store)
    run, submission = judged(store, user_id, kind=Kind.RUN), judged(store, user_id)
    age(store, run, submission)
    Retention(store, FOR_EVER, first_after_s=0).turn()
    with store.read() as session:
        assert list(session.scalars(select(Submission.id))) == [submission]


def test_a_rejudging_brings_the_details_back_from_the_same_seed(store: Store) -> None:
    old = judged(store, put_user(store))
    age(store, old)
    tidied(store)
    with store.write() as session:
        assert rejudge(session, Selection(submission_id=old)) == [old]
    with store.once() as connection:
        claim = queue.claim(connection, queues=list(Queue), worker="tests", lease_s=60)
    assert claim is not None
    assert claim.seed == "seed"
    with store.write() as session:
        assert queue.finish(session.connection(), claim, REPORT, seed=claim.seed)
    tidied(store)
    with store.read() as session:
        row = outcomes.find(session.connection(), old)
        assert row is not None
        assert (row.state, row.report is not None) == (State.JUDGED, True)


def test_old_acts_with_rights_go_where_that_is_set_and_young_ones_stay(store: Store) -> None:
    with store.write() as session:
        for subject in ("old", "young"):
            audit.note(session, COMMAND_LINE, Act.COURSE_LOADED, subject)
        session.execute(
            update(AuditEntry).where(AuditEntry.subject == "old").values(at=utc_now() - OLD)
        )
    tidied(store, FOR_EVER)
    with store.read() as session:
        assert [each.subject for each in audit.entries(session)] == ["young", "old"]
    tidied(store, Kept(runs_s=7 * DAY_S, audit_s=30 * DAY_S))
    with store.read() as session:
        assert [each.subject for each in audit.entries(session)] == ["young"]
