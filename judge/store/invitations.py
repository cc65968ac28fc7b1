"""Invitations: made, listed, withdrawn. Only the hash of a code is kept."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from judge.domain.administration import Act
from judge.domain.lifecycle import Role
from judge.store import audit
from judge.store.accounts import LABEL_LENGTH, Invitation
from judge.store.audit import Actor
from judge.store.base import LONGEST_PAGE, clock
from judge.store.errors import NotThere
from judge.store.passwords import hash_token, new_token

PAGE = 50


def invite(
    session: Session,
    actor: Actor,
    *,
    uses: int,
    lasts: timedelta,
    role: Role = Role.STUDENT,
    label: str = "",
) -> str:
    """Make an invitation; return its code, which is kept nowhere."""
    code = new_token()[:22]
    row = Invitation(
        code_hash=hash_token(code),
        role=role.value,
        uses_left=uses,
        expires_at=clock(lasts.total_seconds()),
        created_by=actor.name[:LABEL_LENGTH],
        label=label[:LABEL_LENGTH],
    )
    session.add(row)
    session.flush()
    audit.note(
        session,
        actor,
        Act.INVITATION_MADE,
        f"invitation {row.id}",
        uses=uses,
        lasts_s=round(lasts.total_seconds()),
        role=role.value,
        label=row.label,
    )
    return code


def good(session: Session, *, before: int | None = None, limit: int = PAGE) -> list[Invitation]:
    """Return the invitations that still let somebody in, newest first.

    Args:
        session: the session.
        before: the last id of the page before.
        limit: how many at most.
    """
    found = (
        select(Invitation)
        .where(Invitation.uses_left > 0, Invitation.expires_at > clock())
        .order_by(Invitation.id.desc())
        .limit(min(limit, LONGEST_PAGE))
    )
    if before is not None:
        found = found.where(Invitation.id < before)
    return list(session.scalars(found))


def withdraw(session: Session, actor: Actor, invitation_id: int) -> None:
    """Take an invitation back; who has registered with it stays.

    Raises:
        NotThere: there is none of that number, or not any more.
    """
    gone = session.execute(
        delete(Invitation)
        .where(Invitation.id == invitation_id)
        .returning(Invitation.uses_left, Invitation.label)
    ).one_or_none()
    if gone is None:
        raise NotThere(f"there is no invitation {invitation_id}, or not any more")
    audit.note(
        session,
        actor,
        Act.INVITATION_WITHDRAWN,
        f"invitation {invitation_id}",
        uses_left=gone.uses_left,
        label=gone.label,
    )
