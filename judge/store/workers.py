"""Which workers are alive, what they serve, and what they are doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Queue, State
from judge.store.base import LONGEST_PAGE, clock
from judge.store.submissions import WORKER_STALE_S
from judge.store.work import Submission, Worker

_FORGET_S = 3600.0
_MOST_DOING = 64
"""A worker with more threads names no more of what it is judging."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A submission that a worker was judging when it was last seen, and for how long by then."""

    submission: int
    for_s: float


@dataclass(frozen=True, slots=True)
class Presence:
    """What a worker says of itself.

    ``needs_torch``: the release that the course was loaded for, where the worker has another one
    and therefore judges nothing.
    """

    name: str
    queues: tuple[Queue, ...]
    threads: int
    torch: str
    devices: tuple[str, ...]
    doing: tuple[Doing, ...] = ()
    needs_torch: str | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """A worker as an admin sees it, by the database's clock.

    ``doing`` is what it said itself, when it was last seen; ``holds`` how many submissions are
    under leases of its, ``holds_since`` when the oldest was claimed. One that holds something but
    has not been seen for an hour has nothing but these.
    """

    name: str
    alive: bool
    queues: tuple[Queue, ...] = ()
    threads: int = 0
    torch: str | None = None
    needs_torch: str | None = None
    """Set where it waits: the release that the course was loaded for, and it has another one."""
    devices: tuple[str, ...] = ()
    started_at: datetime | None = None
    seen_at: datetime | None = None
    seen_s: float | None = None
    """Seconds since it was last seen."""
    doing: tuple[Doing, ...] = ()
    holds: int = 0
    holds_since: datetime | None = None

    def serves(self, queue: Queue) -> bool:
        """Tell whether it takes what waits there."""
        return self.alive and self.needs_torch is None and queue in self.queues


def report(session: Session, presence: Presence) -> None:
    """Note that a worker is alive, and forget those that have long gone."""
    row = session.get(Worker, presence.name) or Worker(name=presence.name)
    row.queues = [queue.value for queue in presence.queues]
    row.threads = presence.threads
    row.torch = presence.torch
    row.devices = list(presence.devices)
    row.doing = [
        {"submission": each.submission, "for_s": round(each.for_s, 3)}
        for each in presence.doing[:_MOST_DOING]
    ]
    row.needs_torch = presence.needs_torch
    setattr(row, "seen_at", clock())  # noqa: B010  an expression, which its type does not know
    session.add(row)
    session.execute(delete(Worker).where(Worker.seen_at < clock(-_FORGET_S)))


def leave(session: Session, name: str) -> None:
    """Note that a worker has stopped."""
    session.execute(delete(Worker).where(Worker.name == name))


def alive(session: Session) -> Sequence[Worker]:
    """Return the workers that were seen lately, without those that wait for another torch."""
    return list(
        session.scalars(
            select(Worker)
            .where(Worker.seen_at > clock(-WORKER_STALE_S), Worker.needs_torch.is_(None))
            .order_by(Worker.name)
        )
    )


def in_sight(session: Session) -> list[Sight]:
    """Return the workers that are alive, those that went within the hour, and who holds what."""
    now = session.execute(select(clock())).scalar_one()
    held = {
        row.worker: (row.number, row.since)
        for row in session.execute(
            select(
                Submission.worker,
                func.count().label("number"),
                func.min(Submission.claimed_at).label("since"),
            )
            .where(Submission.state == State.RUNNING.value, Submission.worker.is_not(None))
            .group_by(Submission.worker)
            .limit(LONGEST_PAGE)
        )
    }
    rows = session.scalars(select(Worker).order_by(Worker.name).limit(LONGEST_PAGE))
    sights = [_sight(row, now, *held.pop(row.name, (0, None))) for row in rows]
    gone = (
        Sight(name, alive=False, holds=number, holds_since=since)
        for name, (number, since) in held.items()
    )
    return sorted([*sights, *gone], key=lambda each: (not each.alive, each.name))


def _sight(row: Worker, now: datetime, holds: int, holds_since: datetime | None) -> Sight:
    seen_s = max(0.0, (now - row.seen_at).total_seconds())
    return Sight(
        name=row.name,
        alive=seen_s < WORKER_STALE_S,
        # A queue that this program does not know is a newer worker's.
        queues=tuple(queue for queue in Queue if queue.value in row.queues),
        threads=row.threads,
        torch=row.torch,
        needs_torch=row.needs_torch,
        devices=tuple(row.devices),
        started_at=row.started_at,
        seen_at=row.seen_at,
        seen_s=seen_s,
        doing=tuple(Doing(each["submission"], each["for_s"]) for each in row.doing or ()),
        holds=holds,
        holds_since=holds_since,
    )
