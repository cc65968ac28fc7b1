"""The queue on both databases: claimed once, written once, never lost."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from judge.domain.lifecycle import Kind, Queue, State
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.store import (
    Store,
    TooManyUnderWay,
    outcomes,
    progress,
    queue,
    rejudging,
    submissions,
    sweeping,
)
from judge.store.base import clock, utc_now
from judge.store.queue import Claim
from judge.store.rejudging import Selection
from judge.store.submissions import Answer
from judge.store.work import Standing, Submission, Worker
from tests.services.conftest import put_problem, put_user

pytestmark = pytest.mark.services
GOOD = Report("p", "v", Verdict.ACCEPTED, 8, 8)
BAD = replace(GOOD, verdict=Verdict.WRONG_SHAPE, score=0)


def submit(store: Store, user_id: int, count: int = 1, kind: Kind = Kind.SUBMIT) -> list[int]:
    problem = put_problem(store)
    with store.write() as session:
        return [
            submissions.create(
                session.connection(),
                problem,
                Answer("code", kind),
                user_id=user_id,
                most_under_way=1000,
            ).id
            for _ in range(count)
        ]


def claim(store: Store, *queues: Queue, lease_s: float = 30) -> Claim | None:
    with store.write() as session:
        return queue.claim(
            session.connection(), queues=queues or (Queue.CPU,), worker="tests", lease_s=lease_s
        )


def claimed(store: Store, lease_s: float = 30) -> Claim:
    found = claim(store, lease_s=lease_s)
    assert found is not None
    return found


def finish(store: Store, mine: Claim, report: Report = GOOD) -> bool:
    with store.write() as session:
        return queue.finish(session.connection(), mine, report, seed="ab")


def state_of(store: Store, number: int) -> tuple[str, str | None, int | None]:
    with store.read() as session:
        row = session.get(Submission, number)
        assert row is not None
        return row.state, row.verdict, row.score


def test_many_workers_never_get_the_same_submission(store: Store) -> None:
    wanted = set(submit(store, put_user(store), 60))
    found: list[int] = []
    lock = threading.Lock()

    def work() -> None:
        while (mine := claim(store)) is not None:
            with lock:
                found.append(mine.id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), set(found)) == (60, wanted)


def test_a_flood_of_one_student_does_not_delay_another(store: Store) -> None:
    flood = submit(store, put_user(store, "Flood"), 10)
    (other,) = submit(store, put_user(store, "Other"))
    with store.read() as session:
        assert outcomes.place(session.connection(), other) == 2
    assert [claimed(store).id, claimed(store).id] == [flood[0], other]


def test_a_student_has_a_bounded_number_under_way(store: Store) -> None:
    user_id, problem = put_user(store), put_problem(store)
    with store.write() as session:
        for _ in range(2):
            submissions.create(
                session.connection(), problem, Answer("x"), user_id=user_id, most_under_way=2
            )
        with pytest.raises(TooManyUnderWay):
            submissions.create(
                session.connection(), problem, Answer("x"), user_id=user_id, most_under_way=2
            )


def test_a_result_is_written_once_and_with_its_cases(store: Store) -> None:
    (number,) = submit(store, put_user(store))
    mine = claimed(store)
    assert [finish(store, mine), finish(store, mine, BAD)] == [True, False]
    assert state_of(store, number) == ("judged", "accepted", 8)


def test_two_verdicts_at_once_are_both_counted(store: Store) -> None:
    user_id = put_user(store)
    submit(store, user_id, 2)
    first, second = claimed(store), claimed(store)
    other = threading.Thread(target=finish, args=(store, second))
    with store.write() as session:
        queue.finish(session.connection(), first, BAD, seed="ab")
        other.start()
        time.sleep(0.3)  # the other is as far as it gets before this one is committed
    other.join()
    with store.read() as session:
        standing = session.get(Standing, (user_id, put_problem(store).id))
    assert standing is not None
    assert (standing.attempts, standing.attempts_until_accepted) == (2, 2)


def test_a_worker_that_wakes_up_too_late_writes_nothing(store: Store) -> None:
    (number,) = submit(store, put_user(store))
    late = claimed(store, lease_s=0.1)
    time.sleep(0.3)
    with store.write() as session:
        assert sweeping.sweep(session, late_s=1, max_tries=3) == [(number, Queue.CPU)]
    again = claimed(store)
    assert again.tries == 2
    assert finish(store, late, BAD) is False
    assert finish(store, again) is True
    assert state_of(store, number) == ("judged", "accepted", 8)


def test_a_renewed_lease_is_kept_and_a_lost_one_is_told(store: Store) -> None:
    submit(store, put_user(store), 2)
    kept, lost = claimed(store, lease_s=30), claimed(store, lease_s=0.1)
    with store.write() as session:
        assert queue.renew(session, [kept], lease_s=30) == {kept.id}
    time.sleep(0.3)
    with store.write() as session:
        sweeping.sweep(session, late_s=1, max_tries=3)
        assert queue.renew(session, [kept, lost], lease_s=30) == {kept.id}


def test_our_fault_is_tried_again_a_bounded_number_of_times(store: Store) -> None:
    (number,) = submit(store, put_user(store))
    states = []
    for _ in range(2):
        mine = claimed(store)
        with store.write() as session:
            states.append(queue.give_back(session, mine, fault="disk full", max_tries=2))
    assert states == [State.QUEUED, State.FAILED]
    assert claim(store) is None
    with store.read() as session:
        row = session.get(Submission, number)
        assert row is not None
        assert (row.verdict, row.fault) == (None, "disk full")
        assert [each.id for each in rejudging.faults(session, limit=9)] == [number]
    with store.write() as session:
        assert rejudging.rejudge(session, Selection(verdict="judge_error")) == [number]
    mended = claim(store, Queue.BULK)
    assert mended is not None
    assert finish(store, mended)
    with store.read() as session:
        assert rejudging.faults(session, limit=9) == []


def test_lost_leases_are_not_tried_for_ever(store: Store) -> None:
    (number,) = submit(store, put_user(store))
    for _ in range(2):
        claimed(store, lease_s=0.05)
        time.sleep(0.15)
        with store.write() as session:
            sweeping.sweep(session, late_s=1, max_tries=2)
    assert state_of(store, number)[0] == "failed"


def test_a_lost_hint_is_given_again_ever_more_rarely(store: Store) -> None:
    (number,) = submit(store, put_user(store))

    def sweep_after(seconds: float) -> list[tuple[int, Queue]]:
        with store.write() as session:
            session.execute(update(Submission).values(hinted_at=clock(-seconds)))
            return sweeping.sweep(session, late_s=60, max_tries=3)

    assert sweep_after(0) == []
    assert sweep_after(61) == [(number, Queue.CPU)]
    assert sweep_after(61) == []
    assert sweep_after(121) == [(number, Queue.CPU)]


def test_judging_again_keeps_the_verdict_until_the_new_one_is_there(store: Store) -> None:
    (number,) = submit(store, put_user(store))
    finish(store, claimed(store), BAD)
    with store.write() as session:
        assert rejudging.rejudge(session, Selection(submission_id=number)) == [number]
    assert state_of(store, number) == ("queued", "wrong_shape", 0)
    assert claim(store) is None
    mine = claim(store, Queue.BULK)
    assert mine is not None
    assert mine.seed == "ab"
    finish(store, mine)
    assert state_of(store, number) == ("judged", "accepted", 8)


def test_a_stopping_worker_gives_its_claims_back_for_free(store: Store) -> None:
    submit(store, put_user(store))
    mine = claimed(store)
    with store.write() as session:
        assert queue.release(session, [mine]) == 1
    assert claimed(store).tries == 1


def test_a_device_problem_goes_to_whoever_serves_a_device_and_else_to_the_cpu(store: Store) -> None:
    user_id, problem = put_user(store), put_problem(store)
    problem.uses_cuda = True

    def queue_of_the_next() -> str:
        with store.write() as session:
            return submissions.create(
                session.connection(), problem, Answer("code"), user_id=user_id, most_under_way=99
            ).queue

    def worker(name: str, queues: list[Queue], devices: list[str], seconds_ago: float = 0) -> None:
        with store.write() as session:
            session.merge(
                Worker(
                    name=name,
                    queues=[each.value for each in queues],
                    threads=2,
                    torch="2.13.0",
                    devices=devices,
                    seen_at=utc_now() - timedelta(seconds=seconds_ago),
                )
            )

    worker("simulates", [Queue.CPU, Queue.GPU], [])
    assert queue_of_the_next() == Queue.CPU
    worker("gone", [Queue.GPU], ["Some GPU"], seconds_ago=60)
    assert queue_of_the_next() == Queue.CPU
    worker("has one", [Queue.GPU], ["Some GPU"])
    assert queue_of_the_next() == Queue.GPU
    problem.uses_cuda = False
    assert queue_of_the_next() == Queue.CPU


def test_a_run_changes_no_standing(store: Store) -> None:
    user_id = put_user(store)
    submit(store, user_id, kind=Kind.RUN)
    finish(store, claimed(store))
    with store.read() as session:
        assert progress.chapters(session, user_id)[0].tried == 0
    submit(store, user_id)
    finish(store, claimed(store))
    with store.read() as session:
        assert progress.chapters(session, user_id)[0].accepted == 1
        lines, own = progress.ranking(session, user_id=user_id)
    assert [(line.name, line.accepted, line.score) for line in lines] == [("Ada", 1, 8)]
    assert own == lines[0]
