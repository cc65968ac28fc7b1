"""What waits, what is being judged, what was given up: the queues at one glance."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Queue, State
from judge.store.base import clock
from judge.store.work import Submission


@dataclass(frozen=True, slots=True)
class Backlog:
    """One queue; ``oldest_s``: seconds since what waits longest has been due, 0 for nothing."""

    queue: Queue
    waiting: int
    running: int
    oldest_s: float


def backlog(session: Session) -> list[Backlog]:
    """Look at every queue; the database's clock says how long."""
    now = session.execute(select(clock())).scalar_one()
    rows = session.execute(
        select(
            Submission.queue,
            Submission.state,
            func.count().label("number"),
            func.min(Submission.due_at).label("due"),
        )
        .where(
            # Both named, so that the claim's index answers, however many are judged already.
            Submission.queue.in_([queue.value for queue in Queue]),
            Submission.state.in_((State.QUEUED.value, State.RUNNING.value)),
        )
        .group_by(Submission.queue, Submission.state)
    ).all()
    found = {(row.queue, row.state): row for row in rows}
    lines = []
    for queue in Queue:
        waiting = found.get((queue.value, State.QUEUED.value))
        running = found.get((queue.value, State.RUNNING.value))
        oldest_s = (now - waiting.due).total_seconds() if waiting is not None else 0.0
        lines.append(
            Backlog(
                queue,
                waiting.number if waiting is not None else 0,
                running.number if running is not None else 0,
                max(0.0, oldest_s),
            )
        )
    return lines


def given_up(session: Session) -> int:
    """Count the submissions that stay without a verdict until somebody rejudges them."""
    wanted = select(func.count()).where(Submission.state == State.FAILED.value)
    return session.scalars(wanted).one()
