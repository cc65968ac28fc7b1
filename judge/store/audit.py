"""The audit log: every act with rights, written in the transaction of the act itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from judge.domain.administration import Act
from judge.store.accounts import User
from judge.store.administration import ACTOR_LENGTH, SUBJECT_LENGTH, AuditEntry
from judge.store.base import LONGEST_PAGE
from judge.store.logins import Visitor

PAGE = 50
_LONGEST_DETAIL = 20_000


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; without an id: somebody at the command line, by the name that they have there."""

    id: int | None
    name: str

    @classmethod
    def of(cls, user: User | Visitor) -> Self:
        """Return a user of the site as one who acts."""
        return cls(user.id, user.name)


COMMAND_LINE = Actor(None, "command line")


@dataclass(frozen=True, slots=True)
class Note:
    """What an entry says: the act, upon what (``user ada``, ``submission 7``), and how."""

    act: Act
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted; each is compared as a whole."""

    actor: str | None = None
    act: Act | None = None
    subject: str | None = None


def note(session: Session, actor: Actor, act: Act, subject: str, **detail: object) -> None:
    """Write down one act, which is there if and only if the act itself is committed."""
    note_all(session, actor, [Note(act, subject, detail)])


def note_all(session: Session, actor: Actor, notes: Sequence[Note]) -> None:
    """Write down many acts by one statement."""
    if not notes:
        return
    session.execute(
        insert(AuditEntry),
        [
            {
                "actor_id": actor.id,
                "actor_name": actor.name[:ACTOR_LENGTH],
                "action": each.act.value,
                "subject": each.subject[:SUBJECT_LENGTH],
                "detail": _bounded(each.detail),
            }
            for each in notes
        ],
    )


def _bounded(detail: Mapping[str, Any]) -> dict[str, Any]:
    written = json.dumps(dict(detail), ensure_ascii=False)
    return dict(detail) if len(written) <= _LONGEST_DETAIL else {"cut": written[:_LONGEST_DETAIL]}


def entries(
    session: Session,
    wanted: Wanted = Wanted(),
    *,
    before: int | None = None,
    limit: int = PAGE,
) -> list[AuditEntry]:
    """Return entries, newest first; ``before``: the last id of the page before."""
    found = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(min(limit, LONGEST_PAGE))
    if wanted.actor is not None:
        found = found.where(AuditEntry.actor_name == wanted.actor)
    if wanted.act is not None:
        found = found.where(AuditEntry.action == wanted.act.value)
    if wanted.subject is not None:
        found = found.where(AuditEntry.subject == wanted.subject)
    if before is not None:
        found = found.where(AuditEntry.id < before)
    return list(session.scalars(found))
