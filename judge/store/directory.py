"""The users as an admin looks for them: by how a name begins, by role, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Kind, Role
from judge.store.accounts import Login, Token, User
from judge.store.base import LONGEST_PAGE
from judge.store.users import name_key
from judge.store.work import Submission

PAGE = 50


@dataclass(frozen=True, slots=True)
class Person:
    """One user. ``seen_at``: by a sign-in or token that is still there; ``submissions`` count."""

    id: int
    name: str
    role: Role
    blocked: bool
    created_at: datetime
    seen_at: datetime | None
    submissions: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Which users are wanted."""

    prefix: str = ""
    role: Role | None = None
    blocked: bool | None = None


def people(
    session: Session, sought: Sought = Sought(), *, after: str = "", limit: int = PAGE
) -> list[Person]:
    """Return users in the order of their names; ``after``: the last name of the page before."""
    wanted = select(User).order_by(User.name_key).limit(min(limit, LONGEST_PAGE))
    if sought.prefix:
        wanted = wanted.where(User.name_key.startswith(name_key(sought.prefix), autoescape=True))
    if sought.role is not None:
        wanted = wanted.where(User.role == sought.role.value)
    if sought.blocked is not None:
        wanted = wanted.where(User.blocked.is_(sought.blocked))
    if after:
        wanted = wanted.where(User.name_key > name_key(after))
    return _persons(session, session.scalars(wanted).all())


def person(session: Session, user_id: int) -> Person | None:
    """Return one user, or None."""
    user = session.get(User, user_id)
    return None if user is None else _persons(session, [user])[0]


def _persons(session: Session, found: Sequence[User]) -> list[Person]:
    ids = [user.id for user in found]
    counted = session.execute(
        select(Submission.user_id, func.count())
        .where(Submission.user_id.in_(ids), Submission.kind == Kind.SUBMIT.value)
        .group_by(Submission.user_id)
    )
    counts = {row[0]: row[1] for row in counted}
    seen = _seen(session, ids)
    return [
        Person(
            user.id,
            user.name,
            user.rank,
            user.blocked,
            user.created_at,
            seen.get(user.id),
            counts.get(user.id, 0),
        )
        for user in found
    ]


def _seen(session: Session, ids: Sequence[int]) -> Mapping[int, datetime]:
    seen: dict[int, datetime] = {}
    for owner, moment in ((Login.user_id, Login.seen_at), (Token.user_id, Token.used_at)):
        found = session.execute(
            select(owner, func.max(moment)).where(owner.in_(ids)).group_by(owner)
        )
        for user_id, at in found:
            if at is not None:
                seen[user_id] = max(at, seen.get(user_id, at))
    return seen
