"""Drafts: what a student is writing, saved with every pause, lost never."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from judge.store.base import utc_now
from judge.store.work import Draft, DraftCopy

KEPT_COPIES = 20
"""Older texts of one draft that are kept."""


@dataclass(frozen=True, slots=True)
class Saved:
    """It is kept, as this revision."""

    revision: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another device saved since; this is what it saved."""

    revision: int
    code: str
    saved_at: datetime


def load(session: Session, *, user_id: int, problem_id: int) -> Draft | None:
    """Return a draft, or None."""
    return session.get(Draft, (user_id, problem_id))


def save(
    session: Session, *, user_id: int, problem_id: int, code: str, based_on: int, keep: bool = False
) -> Saved | Conflict:
    """Keep a draft.

    Args:
        session: the session.
        user_id: whose it is.
        problem_id: what it answers.
        code: the text.
        based_on: the revision that the writer had seen; 0 for none.
        keep: whether the text before is to be kept in any case.
    """
    found = session.get(Draft, (user_id, problem_id), with_for_update=True)
    now = utc_now()
    if found is None:
        session.add(
            Draft(user_id=user_id, problem_id=problem_id, revision=1, code=code, saved_at=now)
        )
        return Saved(1, now)
    if found.code == code:
        return Saved(found.revision, found.saved_at)
    if found.revision != based_on:
        return Conflict(found.revision, found.code, found.saved_at)
    if keep or _much_is_gone(found.code, code):
        _keep_copy(session, found)
    found.revision += 1
    found.code = code
    found.saved_at = now
    return Saved(found.revision, now)


def _much_is_gone(old: str, new: str) -> bool:
    """Tell a text that was replaced or cut from one that was written on."""
    return len(new) < len(old) // 2 or not new.strip()


def _keep_copy(session: Session, draft: Draft) -> None:
    session.add(
        DraftCopy(
            user_id=draft.user_id,
            problem_id=draft.problem_id,
            code=draft.code,
            saved_at=draft.saved_at,
        )
    )
    session.flush()
    mine = (DraftCopy.user_id == draft.user_id, DraftCopy.problem_id == draft.problem_id)
    oldest = session.scalar(
        select(DraftCopy.id)
        .where(*mine)
        .order_by(DraftCopy.id.desc())
        .offset(KEPT_COPIES - 1)
        .limit(1)
    )
    if oldest is not None:
        session.execute(delete(DraftCopy).where(*mine, DraftCopy.id < oldest))


def copies(session: Session, *, user_id: int, problem_id: int) -> list[DraftCopy]:
    """Return older texts of a draft, newest first."""
    return list(
        session.scalars(
            select(DraftCopy)
            .where(DraftCopy.user_id == user_id, DraftCopy.problem_id == problem_id)
            .order_by(DraftCopy.id.desc())
        )
    )
