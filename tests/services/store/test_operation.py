"""What an admin sees of workers, judge errors and versions, and that a retry judges again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from judge.domain.administration import Act
from judge.domain.lifecycle import Queue, State
from judge.domain.releases import TORCH
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.store import (
    NotThere,
    Store,
    audit,
    loaded,
    loading,
    queue,
    rejudging,
    remedies,
    submissions,
    workers,
)
from judge.store.audit import COMMAND_LINE, Wanted
from judge.store.base import clock, utc_now
from judge.store.course import Problem, Version
from judge.store.queue import Claim
from judge.store.rejudging import Selection
from judge.store.submissions import Answer
from judge.store.work import Submission, Worker
from judge.store.workers import Doing, Presence
from tests.services.conftest import SLUG, put_problem, put_user

pytestmark = pytest.mark.services
OLD = timedelta(days=1)
REPORT = Report(SLUG, "1", Verdict.ACCEPTED, score=3, points=3)


def submitted(store: Store, number: int = 1) -> list[int]:
    problem = put_problem(store)
    user_id = put_user(store)
    with store.write() as session:
        return [
            submissions.create(
                session.connection(), problem, Answer("x"), user_id=user_id, most_under_way=99
            ).id
            for _ in range(number)
        ]


def claimed(store: Store, worker: str = "one") -> Claim:
    with store.once() as connection:
        claim = queue.claim(connection, queues=list(Queue), worker=worker, lease_s=60)
    assert claim is not None
    return claim


def given_up(store: Store, number: int = 1) -> list[int]:
    """Submit, and let judging fail for good, long ago."""
    ids = submitted(store, number)
    for _ in ids:
        claim = claimed(store)
        with store.write() as session:
            queue.give_back(session, claim, fault="SandboxError: no walls", max_tries=1)
    with store.write() as session:
        session.execute(update(Submission).values(due_at=utc_now() - OLD))
    return ids


def row_of(store: Store, number: int) -> Submission:
    with store.read() as session:
        return session.scalars(select(Submission).where(Submission.id == number)).one()


def test_a_retry_queues_as_new_and_the_log_keeps_the_fault(store: Store) -> None:
    (number,) = given_up(store)
    with store.write() as session:
        assert remedies.retry(session, COMMAND_LINE, number) is Queue.CPU
    row = row_of(store, number)
    assert (row.state, row.tries, row.hints, row.fault) == (State.QUEUED, 0, 0, None)
    with store.read() as session:
        fresh = select(Submission.due_at > clock(-60)).where(Submission.id == number)
        assert session.scalars(fresh).one()
        (entry,) = audit.entries(session)
    assert (entry.action, entry.subject) == ("submission_retried", f"submission {number}")
    assert entry.detail == {"fault": "SandboxError: no walls", "tries": 1, "worker": "one"}
    claim = claimed(store)
    with store.write() as session:
        assert queue.finish(session.connection(), claim, REPORT, seed="seed")
    assert row_of(store, number).verdict == "accepted"


def test_a_retry_judges_by_the_version_that_was_mended(store: Store) -> None:
    (number,) = given_up(store)
    old = row_of(store, number).version_id
    with store.write() as session:
        version = Version(problem_id=row_of(store, number).problem_id, digest="new", source="x")
        session.add(version)
        session.flush()
        session.execute(update(Problem).values(version_id=version.id))
    with store.write() as session:
        remedies.retry(session, COMMAND_LINE, number)
    assert row_of(store, number).version_id == version.id != old


def test_a_retry_leaves_alone_what_was_judged_meanwhile(store: Store) -> None:
    (number,) = submitted(store)

    def untouched(state: State) -> bool:
        with store.write() as session:
            assert remedies.retry(session, COMMAND_LINE, number) is None
            assert remedies.retry_all(session, COMMAND_LINE) == []
            assert audit.entries(session) == []
        return row_of(store, number).state == state

    assert untouched(State.QUEUED)
    claim = claimed(store)
    assert untouched(State.RUNNING)
    with store.write() as session:
        assert queue.finish(session.connection(), claim, REPORT, seed="seed")
    assert untouched(State.JUDGED)


def test_a_retry_of_what_does_not_exist_says_so(store: Store) -> None:
    with pytest.raises(NotThere, match="submission 99"), store.write() as session:
        remedies.retry(session, COMMAND_LINE, 99)


def test_all_judge_errors_are_retried_some_at_a_time_with_an_entry_each(store: Store) -> None:
    ids = given_up(store, 3)
    with store.write() as session:
        first = remedies.retry_all(session, COMMAND_LINE, limit=2)
    with store.write() as session:
        rest = remedies.retry_all(session, COMMAND_LINE)
    assert first + rest == [(number, Queue.CPU) for number in ids]
    with store.read() as session:
        entries = audit.entries(session, Wanted(act=Act.SUBMISSION_RETRIED))
        assert rejudging.faults(session, limit=9) == []
    assert {each.subject for each in entries} == {f"submission {number}" for number in ids}


def test_rejudging_is_one_entry_and_none_where_nothing_matches(store: Store) -> None:
    (number,) = given_up(store)
    with store.write() as session:
        assert remedies.rejudge(session, COMMAND_LINE, Selection(problem="99-none")) == []
        assert remedies.rejudge(session, COMMAND_LINE, Selection(problem=SLUG)) == [number]
    with store.read() as session:
        (entry,) = audit.entries(session)
    assert (entry.subject, entry.detail["submissions"]) == (f"problem {SLUG}", [number])


def test_a_worker_is_seen_with_what_it_serves_does_and_holds(store: Store) -> None:
    submitted(store, 2)
    number = claimed(store, "one").id
    claimed(store, "lost")
    for name, doing in (("one", (Doing(number, 1.5),)), ("two", ())):
        with store.write() as session:
            workers.report(
                session, Presence(name, (Queue.CPU, Queue.BULK), 2, TORCH, ("cuda:0",), doing)
            )
    with store.write() as session:
        session.execute(
            update(Worker).where(Worker.name == "two").values(seen_at=utc_now() - OLD / 100)
        )
    with store.read() as session:
        one, lost, two = workers.in_sight(session)
    assert (one.name, one.alive, one.queues, one.holds) == ("one", True, (Queue.CPU, Queue.BULK), 1)
    assert (one.torch, one.devices, one.doing) == (TORCH, ("cuda:0",), (Doing(number, 1.5),))
    assert one.holds_since is not None
    assert (two.name, two.alive, two.holds, two.doing) == ("two", False, 0, ())
    assert two.seen_s is not None
    assert two.seen_s > 600
    # Never seen, or not for an hour, and yet it holds something.
    assert (lost.name, lost.alive, lost.holds, lost.seen_at) == ("lost", False, 1, None)


def test_a_problem_is_shown_with_its_versions_and_what_they_judged(store: Store) -> None:
    submitted(store, 3)
    with store.read() as session:
        (problem,) = loaded.problems(session)
        assert loaded.problems(session, after=problem.slug) == []
        assert loaded.torch_releases(session) == {TORCH: 1}
    assert (problem.slug, problem.number) == (SLUG, 1)
    assert problem.current is not None
    assert (problem.current.torch, problem.current.submissions) == (TORCH, 3)
    with store.write() as session:
        for each in range(30):
            row = session.scalars(select(Problem)).one()
            session.add(Version(problem_id=row.id, digest=str(each), source="x"))
    with store.read() as session:
        (many,) = loaded.problems(session)
    # The newest, and the one in force, however old it is.
    assert (len(many.editions), many.number) == (21, 31)
    assert many.current == problem.current


def test_a_list_of_problems_takes_the_same_questions_however_long_it_is(store: Store) -> None:
    asked: list[object] = []
    put_problem(store)
    event.listen(store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))

    def number() -> int:
        asked.clear()
        with store.read() as session:
            assert loaded.problems(session)
        return len(asked)

    few = number()
    with store.write() as session:
        chapter_id = session.scalars(select(Problem.chapter_id)).one()
        session.add_all(
            Problem(
                slug=f"x/{each}",
                chapter_id=chapter_id,
                position=each,
                title_zh="",
                title_en="",
                difficulty="easy",
                points=1,
            )
            for each in range(20)
        )
    assert number() == few


def test_loading_again_is_an_act_of_whoever_does_it(store: Store) -> None:
    put_problem(store)
    with store.write() as session:
        loading.load_course(session, [], actor=COMMAND_LINE, torch="2.14.0")
    with store.read() as session:
        (entry,) = audit.entries(session)
        assert loaded.problems(session)[0].withdrawn
        assert loaded.torch_releases(session) == {}
    assert (entry.action, entry.subject) == ("course_loaded", "course")
    assert entry.detail["withdrawn"] == [SLUG]
