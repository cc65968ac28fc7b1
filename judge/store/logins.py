"""Sign-ins, personal tokens, invitations and reset links: secrets of which only hashes are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, delete, func, select, update
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Role
from judge.store.accounts import Invitation, Login, ResetLink, Token, User
from judge.store.base import clock
from judge.store.passwords import hash_token, new_token

_TOUCH = timedelta(minutes=5)
"""A sign-in is marked as seen no more often, so that reading a page writes nothing."""
MOST_TOKENS = 20


def sign_in(session: Session, user: User, *, device: str, lasts: timedelta) -> str:
    """Make a sign-in; return its secret, which is kept nowhere."""
    token = new_token()
    session.add(
        Login(
            user_id=user.id,
            token_hash=hash_token(token),
            device=device[:120],
            expires_at=clock(lasts.total_seconds()),
        )
    )
    return token


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, as every request needs to know it: nothing secret."""

    id: int
    name: str
    role: str
    language: str | None

    @property
    def rank(self) -> Role:
        """The role, as the closed set."""
        return Role(self.role)


_VISITOR = (User.id, User.name, User.role, User.language)


@dataclass(frozen=True, slots=True)
class Found:
    """A sign-in that is good; ``stale``: it is time to write down that it was seen."""

    login_id: int
    stale: bool
    user: Visitor


def login_of(connection: Connection, token: str) -> Found | None:
    """Return the sign-in that a cookie names, with its user, if it is still good."""
    row = connection.execute(_LOGIN, {"hash": hash_token(token)}).one_or_none()
    return None if row is None else Found(row[0], bool(row[1]), Visitor(*row[2:]))


# By the database's clock, as everything that ends: the site's own may be off by hours.
_LOGIN = (
    select(Login.id, Login.seen_at < clock(-_TOUCH.total_seconds()), *_VISITOR)
    .join(User, User.id == Login.user_id)
    .where(
        Login.token_hash == bindparam("hash"),
        Login.expires_at > clock(),
        User.blocked.is_(False),
    )
)


def touch(session: Session, login_id: int, *, lasts: timedelta, longest: timedelta) -> None:
    """Note that a sign-in is in use, which prolongs it, within what is longest from its start."""
    made_at = session.scalar(select(Login.created_at).where(Login.id == login_id))
    if made_at is None:
        return
    last, later = made_at + longest, clock(lasts.total_seconds())
    session.execute(
        update(Login)
        .where(Login.id == login_id)
        .values(seen_at=clock(), expires_at=case((later < last, later), else_=last))
        .execution_options(synchronize_session=False)
    )


def logins_of(session: Session, user_id: int) -> list[Login]:
    """Return a user's sign-ins, the one last seen first."""
    return list(
        session.scalars(
            select(Login)
            .where(Login.user_id == user_id, Login.expires_at > clock())
            .order_by(Login.seen_at.desc())
            .limit(100)
        )
    )


def revoke(session: Session, user_id: int, login_id: int) -> None:
    """End one sign-in of a user."""
    session.execute(delete(Login).where(Login.id == login_id, Login.user_id == user_id))


def new_api_token(session: Session, user_id: int, *, label: str) -> str | None:
    """Make a personal token; return its secret, or None where there are too many."""
    have = session.scalar(select(func.count()).where(Token.user_id == user_id))
    if int(have or 0) >= MOST_TOKENS:
        return None
    token = "tj_" + new_token()
    session.add(Token(user_id=user_id, label=label[:60], token_hash=hash_token(token)))
    return token


def user_of_token(connection: Connection, token: str) -> Visitor | None:
    """Return the user whose personal token this is, or None."""
    row = connection.execute(_TOKEN, {"hash": hash_token(token)}).one_or_none()
    return None if row is None else Visitor(*row)


_TOKEN = (
    select(*_VISITOR)
    .join(Token, Token.user_id == User.id)
    .where(Token.token_hash == bindparam("hash"), User.blocked.is_(False))
)


def tokens_of(session: Session, user_id: int) -> list[Token]:
    """Return a user's tokens, newest first."""
    return list(
        session.scalars(select(Token).where(Token.user_id == user_id).order_by(Token.id.desc()))
    )


def revoke_token(session: Session, user_id: int, token_id: int) -> None:
    """End one token of a user."""
    session.execute(delete(Token).where(Token.id == token_id, Token.user_id == user_id))


def use_invitation(session: Session, code: str) -> Role | None:
    """Use up one place of an invitation; return the role it gives, or None if it is no good."""
    role = session.scalar(
        update(Invitation)
        .where(
            Invitation.code_hash == hash_token(code),
            Invitation.uses_left > 0,
            Invitation.expires_at > clock(),
        )
        .values(uses_left=Invitation.uses_left - 1)
        .returning(Invitation.role)
    )
    return None if role is None else Role(role)


def reset_link(session: Session, user_id: int, *, lasts: timedelta) -> str:
    """Make a one-time link to set a new password; return its secret."""
    token = new_token()
    session.add(
        ResetLink(
            user_id=user_id, token_hash=hash_token(token), expires_at=clock(lasts.total_seconds())
        )
    )
    return token


def find_reset(session: Session, token: str) -> User | None:
    """Return whose reset link this is, if it is still good."""
    found = session.scalar(
        select(ResetLink).where(
            ResetLink.token_hash == hash_token(token),
            ResetLink.used_at.is_(None),
            ResetLink.expires_at > clock(),
        )
    )
    return None if found is None else found.user


def forget_expired(session: Session, *, now: datetime | None = None) -> None:
    """Delete sign-ins, invitations and links that are over."""
    over = clock() if now is None else now
    for table in (Login, Invitation, ResetLink):
        session.execute(delete(table).where(table.expires_at < over))
