"""Find what was lost: leases that ran out, and submissions whose hint nobody followed."""

from __future__ import annotations

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Queue, State
from judge.store.base import clock
from judge.store.work import Submission

_SWEEP_BATCH = 200
_MOST_HINT_DOUBLINGS = 5


def any_lost(session: Session, *, late_s: float) -> bool:
    """Tell whether a sweep would find anything: a look that takes no lock."""
    found = session.scalar(
        select(Submission.id)
        .where(
            or_(
                (Submission.state == State.RUNNING.value) & (Submission.lease_until < clock()),
                (Submission.state == State.QUEUED.value) & (Submission.hinted_at <= clock(-late_s)),
            )
        )
        .limit(1)
    )
    return found is not None


def sweep(session: Session, *, late_s: float, max_tries: int) -> list[tuple[int, Queue]]:
    """Find what was lost: leases that ran out, and rows whose hint nobody followed.

    Returns:
        What to give a hint for, once this is committed. A row is hinted again after ``late_s``,
        then twice as long, and so on, so that a long queue is not flooded.
    """
    session.execute(
        update(Submission)
        .where(
            Submission.state == State.RUNNING.value,
            Submission.lease_until < clock(),
            Submission.tries >= max_tries,
        )
        .values(
            state=State.FAILED.value,
            lease=None,
            lease_until=None,
            fault=f"given up after {max_tries} tries: each worker lost its lease or died",
        )
    )
    session.execute(
        update(Submission)
        .where(Submission.state == State.RUNNING.value, Submission.lease_until < clock())
        .values(
            state=State.QUEUED.value,
            lease=None,
            lease_until=None,
            hints=0,
            hinted_at=clock(-late_s),
        )
    )
    overdue = or_(
        *(
            (Submission.hints == doublings)
            & (Submission.hinted_at <= clock(-late_s * 2**doublings))
            for doublings in range(_MOST_HINT_DOUBLINGS)
        ),
        (Submission.hints >= _MOST_HINT_DOUBLINGS)
        & (Submission.hinted_at <= clock(-late_s * 2**_MOST_HINT_DOUBLINGS)),
    )
    ids = list(
        session.scalars(
            select(Submission.id)
            .where(Submission.state == State.QUEUED.value, overdue)
            .order_by(Submission.hinted_at)
            .limit(_SWEEP_BATCH)
            .with_for_update(skip_locked=True)
        )
    )
    if not ids:
        return []
    found = session.execute(
        update(Submission)
        .where(Submission.id.in_(ids))
        .values(hinted_at=clock(), hints=Submission.hints + 1)
        .returning(Submission.id, Submission.queue)
    )
    return [(row.id, Queue(row.queue)) for row in found]
