"""A worker says what it is judging, so that an admin sees it."""

from __future__ import annotations

import pytest

from judge.domain.lifecycle import Queue
from judge.store import Store, queue, submissions, workers
from judge.store.submissions import Answer
from judge.store.workers import Presence
from judge.telemetry.metrics import WorkerMetrics
from tests.services.conftest import put_problem, put_user
from worker.holding import Holding

pytestmark = pytest.mark.services


def test_what_is_held_is_what_a_worker_is_seen_to_do(store: Store) -> None:
    problem, user_id = put_problem(store), put_user(store)
    holding = Holding(store, WorkerMetrics(), lease_s=60)

    def seen() -> list[int]:
        with store.write() as session:
            workers.report(session, Presence("one", (Queue.CPU,), 1, "2", (), holding.doing()))
        with store.read() as session:
            (sight,) = workers.in_sight(session)
        assert all(each.for_s >= 0 for each in sight.doing)
        return [each.submission for each in sight.doing]

    with store.write() as session:
        submissions.create(
            session.connection(), problem, Answer("x"), user_id=user_id, most_under_way=9
        )
    with store.once() as connection:
        claim = queue.claim(connection, queues=[Queue.CPU], worker="one", lease_s=60)
    assert claim is not None
    with holding.of(claim):
        holding.renew()
        assert seen() == [claim.id]
    assert seen() == []
