"""Which workers are alive, and what they serve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Queue
from judge.store.base import clock
from judge.store.submissions import WORKER_STALE_S
from judge.store.work import Worker

_FORGET_S = 3600.0


@dataclass(frozen=True, slots=True)
class Presence:
    """What a worker says of itself."""

    name: str
    queues: tuple[Queue, ...]
    threads: int
    torch: str
    devices: tuple[str, ...]


def report(session: Session, presence: Presence) -> None:
    """Note that a worker is alive, and forget those that have long gone."""
    row = session.get(Worker, presence.name) or Worker(name=presence.name)
    row.queues = [queue.value for queue in presence.queues]
    row.threads = presence.threads
    row.torch = presence.torch
    row.devices = list(presence.devices)
    setattr(row, "seen_at", clock())  # noqa: B010  an expression, which its type does not know
    session.add(row)
    session.execute(delete(Worker).where(Worker.seen_at < clock(-_FORGET_S)))


def leave(session: Session, name: str) -> None:
    """Note that a worker has stopped."""
    session.execute(delete(Worker).where(Worker.name == name))


def alive(session: Session) -> Sequence[Worker]:
    """Return the workers that were seen lately."""
    return list(
        session.scalars(
            select(Worker).where(Worker.seen_at > clock(-WORKER_STALE_S)).order_by(Worker.name)
        )
    )
