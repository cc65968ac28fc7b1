"""The queue: claim a submission under a lease, keep the lease, write the result once.

The broker only wakes workers up. What is waiting, whose turn it is and who may write a result
stands here; times are the database's own.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Float,
    Select,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from judge.domain.lifecycle import Kind, Queue, State
from judge.domain.report import Report
from judge.store import cases, reports, standings
from judge.store.base import clock
from judge.store.work import CaseResult, Submission

_MAX_FAULT = 4000


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker holds: one submission, under a lease of its own."""

    id: int
    lease: str
    queue: Queue
    kind: Kind
    version_id: int
    code: str
    inputs: tuple[str, ...] | None
    seed: str | None
    tries: int
    waited_s: float = 0.0
    """From being due to this claim; for the figures."""


@cache
def _next(queues: tuple[Queue, ...]) -> Select[int]:
    # The names themselves: a parameter that is a list is put into the statement anew each time.
    wanted: list[Any] = [literal_column(f"'{each.value}'") for each in queues]
    return (
        select(Submission.id)
        .where(Submission.queue.in_(wanted), Submission.state == State.QUEUED.value)
        .order_by(Submission.due_at, Submission.id)
        .limit(1)
    )


@cache
def _claim(queues: tuple[Queue, ...]) -> ReturningUpdate[*tuple[Any, ...]]:
    # PostgreSQL: others take the next; SQLite has one writer at a time and ignores it.
    first = _next(queues).with_for_update(skip_locked=True).scalar_subquery()
    return (
        update(Submission)
        .where(Submission.id == first)
        .values(
            state=State.RUNNING.value,
            lease=bindparam("new_lease"),
            lease_until=clock(bindparam("lease_s", type_=Float)),
            claimed_at=clock(),
            worker=bindparam("new_worker"),
            tries=Submission.tries + 1,
        )
        .returning(
            Submission.id,
            Submission.queue,
            Submission.kind,
            Submission.version_id,
            Submission.code,
            Submission.inputs,
            Submission.seed,
            Submission.tries,
            Submission.due_at,
            Submission.claimed_at,
        )
    )


def claim(
    connection: Connection, *, queues: Sequence[Queue], worker: str, lease_s: float
) -> Claim | None:
    """Take what is due first in these queues: one statement.

    Returns:
        The claim, or None if nothing waits.
    """
    lease = secrets.token_hex(16)
    row = connection.execute(
        _claim(tuple(queues)),
        {"new_lease": lease, "new_worker": worker, "lease_s": lease_s},
    ).one_or_none()
    if row is None:
        return None
    return Claim(
        id=row.id,
        lease=lease,
        queue=Queue(row.queue),
        kind=Kind(row.kind),
        version_id=row.version_id,
        code=row.code,
        inputs=None if row.inputs is None else tuple(row.inputs),
        seed=row.seed,
        tries=row.tries,
        waited_s=(row.claimed_at - row.due_at).total_seconds(),
    )


def _held(claim: Claim) -> tuple[Any, ...]:
    return (
        Submission.id == claim.id,
        Submission.state == State.RUNNING.value,
        Submission.lease == claim.lease,
    )


def renew(session: Session, claims: Iterable[Claim], *, lease_s: float) -> frozenset[int]:
    """Prolong leases; return the ids of those that are still held."""
    leases = [claim.lease for claim in claims]
    if not leases:
        return frozenset()
    kept = session.scalars(
        update(Submission)
        .where(Submission.lease.in_(leases), Submission.state == State.RUNNING.value)
        .values(lease_until=clock(lease_s))
        .returning(Submission.id)
    )
    return frozenset(kept)


_FINISH = (
    update(Submission)
    .where(
        Submission.id == bindparam("held_id"),
        Submission.state == State.RUNNING.value,
        Submission.lease == bindparam("held_lease"),
    )
    .values(state=State.JUDGED.value, lease=None, lease_until=None, judged_at=clock(), fault=None)
    .returning(Submission.user_id, Submission.problem_id)
)
# Two verdicts of a student at once would not see each other, and the later would be counted alone.
# SQLite has one writer at a time.
_FINISH_IN_TURN = _FINISH.returning(
    func.pg_advisory_xact_lock(Submission.user_id, Submission.problem_id)
)


def finish(connection: Connection, claim: Claim, report: Report, *, seed: str | None) -> bool:
    """Write a result, if the lease is still ours: exactly once.

    Returns:
        Whether it was written; if not, somebody else has judged it or is about to.
    """
    summary, seen = reports.dump(report)
    written = connection.execute(
        _FINISH_IN_TURN if connection.dialect.name == "postgresql" else _FINISH,
        {
            "held_id": claim.id,
            "held_lease": claim.lease,
            "seed": seed,
            "verdict": report.verdict.value,
            "score": report.score,
            "points": report.points,
            "wall_s": report.wall_s,
            "report": summary,
        },
    ).one_or_none()
    if written is None:
        return False
    if claim.seed is not None:
        # Judged before: those cases are of the old judging.
        connection.execute(delete(CaseResult).where(CaseResult.submission_id == claim.id))
    cases.put(connection, claim.id, seen)
    if claim.kind is Kind.SUBMIT and written.user_id is not None:
        standings.renew(connection, user_id=written.user_id, problem_id=written.problem_id)
    return True


def give_back(session: Session, claim: Claim, *, fault: str, max_tries: int) -> State | None:
    """Put a submission back after a fault of ours; after ``max_tries`` it fails, at no cost.

    Returns:
        Its new state; None if the lease had passed to somebody else.
    """
    state = State.FAILED if claim.tries >= max_tries else State.QUEUED
    done = _changed(
        session.execute(
            update(Submission)
            .where(*_held(claim))
            .values(
                state=state.value,
                lease=None,
                lease_until=None,
                fault=fault[:_MAX_FAULT],
                # Soon, but not at once: what failed may need a moment.
                hinted_at=clock(),
            )
        )
    )
    return state if done else None


def release(session: Session, claims: Iterable[Claim]) -> int:
    """Put submissions back that a stopping worker won't judge; this costs no try."""
    leases = [claim.lease for claim in claims]
    return _changed(
        session.execute(
            update(Submission)
            .where(Submission.lease.in_(leases), Submission.state == State.RUNNING.value)
            .values(
                state=State.QUEUED.value,
                lease=None,
                lease_until=None,
                tries=Submission.tries - 1,
            )
        )
    )


def waits(connection: Connection, queues: Sequence[Queue]) -> bool:
    """Tell whether anything waits in these queues: a look that takes no lock."""
    return connection.scalar(_next(tuple(queues))) is not None


def _changed(result: Any) -> int:  # noqa: ANN401  what execute returns for an update
    assert isinstance(result, CursorResult)  # noqa: S101  it always is
    return result.rowcount
