"""What gets old and may go: older drafts, the details of old results, acts with rights.

Each is walked through by number, some rows at a time, so that nobody waits for the tidying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, null, select, update
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Kind, State
from judge.store.administration import AuditEntry
from judge.store.base import Base, clock
from judge.store.work import CaseResult, DraftCopy, Submission

WINDOW = 200
"""Rows that are looked at by one question, and changed by one transaction at most."""


@dataclass(frozen=True, slots=True)
class Kept:
    """For how long what is kept, in seconds; None for ever."""

    runs_s: float
    copies_s: float | None = None
    details_s: float | None = None
    audit_s: float | None = None


@dataclass(frozen=True, slots=True)
class Aging:
    """One thing that gets old: where its rows are, which are old, what is done with them."""

    name: str
    table: Table
    old: ColumnElement[bool]
    forget: Callable[[Session, list[int]], None]


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows in a row: the numbers of those that are old, and the last one looked at."""

    old: list[int]
    last: int | None


def agings(kept: Kept) -> Iterator[Aging]:
    """Yield what is to be forgotten at all."""
    if kept.copies_s is not None:
        yield _rows(
            "drafts' older texts",
            DraftCopy.metadata.tables["draft_copies"],
            "saved_at",
            kept.copies_s,
        )
    if kept.audit_s is not None:
        audit = AuditEntry.metadata.tables["audit"]
        yield _rows("acts with rights", audit, "at", kept.audit_s)
    if kept.details_s is not None:
        old = (
            (Submission.kind == Kind.SUBMIT.value)
            & (Submission.state == State.JUDGED.value)
            & (Submission.judged_at < clock(-kept.details_s))
            & Submission.report.is_not(None)
        )
        yield Aging("details of results", Base.metadata.tables["submissions"], old, _forget_details)


def _rows(name: str, table: Table, moment: str, kept_s: float) -> Aging:
    def forget(session: Session, numbers: list[int]) -> None:
        session.execute(delete(table).where(table.columns.id.in_(numbers)))

    return Aging(name, table, table.columns[moment] < clock(-kept_s), forget)


def _forget_details(session: Session, numbers: list[int]) -> None:
    """Keep verdict, score and code; judged again, from its seed, a row gets its details back."""
    session.execute(delete(CaseResult).where(CaseResult.submission_id.in_(numbers)))
    session.execute(
        update(Submission)
        .where(Submission.id.in_(numbers))
        .values(report=null())
        .execution_options(synchronize_session=False)
    )


def look(session: Session, aging: Aging, *, after: int) -> Window:
    """Look at the rows that come after a number; ``last`` is None where there are no more."""
    number: ColumnElement[Any] = aging.table.columns.id
    found = session.execute(
        select(number, aging.old).where(number > after).order_by(number).limit(WINDOW)
    ).all()
    old = [row[0] for row in found if row[1]]
    return Window(old, found[-1][0] if len(found) == WINDOW else None)


def forget(session: Session, aging: Aging, numbers: list[int]) -> int:
    """Forget those of these rows that are still old; return how many."""
    number: ColumnElement[Any] = aging.table.columns.id
    # Looked at again under a lock: one may have been queued to be judged anew.
    still = list(
        session.scalars(
            select(number).where(number.in_(numbers), aging.old).with_for_update(skip_locked=True)
        )
    )
    if still:
        aging.forget(session, still)
    return len(still)
