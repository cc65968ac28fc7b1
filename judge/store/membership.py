"""What an admin does to users; each act is in the audit log, by the same transaction."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from judge.domain.administration import Act
from judge.domain.lifecycle import Role
from judge.store import audit, logins, users
from judge.store.accounts import User
from judge.store.audit import Actor
from judge.store.errors import NotThere
from judge.store.logins import Visitor


def subject_of(name: str) -> str:
    """Return how the audit log calls a user."""
    return f"user {name}"


def create(
    session: Session,
    actor: Actor,
    *,
    name: str,
    password_hash: str,
    role: Role = Role.STUDENT,
    email: str | None = None,
) -> User:
    """Make a user.

    Raises:
        NameTaken: there is one of that name.
    """
    user = users.create(session, name=name, password_hash=password_hash, role=role, email=email)
    audit.note(session, actor, Act.USER_CREATED, subject_of(user.name), role=role.value)
    return user


def set_role(session: Session, actor: Actor, name: str, *, role: Role) -> User:
    """Change a user's role.

    Raises:
        NotThere: there is no such user.
        LastAdmin: nobody would be left to administer.
    """
    user = _found(session, name, leaving=role is not Role.ADMIN)
    before = user.role
    if before != role.value:
        user.role = role.value
        session.flush()
        audit.note(
            session,
            actor,
            Act.ROLE_CHANGED,
            subject_of(user.name),
            before=before,
            now=role.value,
        )
    return user


def block(session: Session, actor: Actor, name: str) -> User:
    """Keep a user out, and sign them out everywhere.

    Raises:
        NotThere: there is no such user.
        LastAdmin: nobody would be left to administer.
    """
    user = _found(session, name, leaving=True)
    if not user.blocked:
        user.blocked = True
        session.flush()
        audit.note(session, actor, Act.USER_BLOCKED, subject_of(user.name))
    users.sign_out(session, user.id)
    return user


def unblock(session: Session, actor: Actor, name: str) -> User:
    """Let a user in again.

    Raises:
        NotThere: there is no such user.
    """
    user = _found(session, name)
    if user.blocked:
        user.blocked = False
        session.flush()
        audit.note(session, actor, Act.USER_UNBLOCKED, subject_of(user.name))
    return user


def sign_out(session: Session, actor: Actor, name: str) -> User:
    """Sign a user out everywhere; personal tokens stay.

    Raises:
        NotThere: there is no such user.
    """
    user = _found(session, name)
    users.sign_out(session, user.id)
    audit.note(session, actor, Act.USER_SIGNED_OUT, subject_of(user.name))
    return user


def reset_link(session: Session, actor: Actor, name: str, *, lasts: timedelta) -> str:
    """Make a one-time link to set a new password; return its secret.

    Raises:
        NotThere: there is no such user.
    """
    user = _found(session, name)
    secret = logins.reset_link(session, user.id, lasts=lasts)
    audit.note(
        session,
        actor,
        Act.RESET_LINK_MADE,
        subject_of(user.name),
        lasts_s=round(lasts.total_seconds()),
    )
    return secret


def remove(session: Session, actor: Actor, name: str) -> None:
    """Delete somebody else's account and what they wrote.

    Raises:
        NotThere: there is no such user.
        LastAdmin: nobody would be left to administer.
    """
    user = _found(session, name, leaving=True)
    said, role = subject_of(user.name), user.role
    users.remove(session, user.id)
    # Somebody who deletes themself is no user any more that an entry could point to.
    by = Actor(None, actor.name) if actor.id == user.id else actor
    audit.note(session, by, Act.USER_DELETED, said, role=role)


def leave(session: Session, user: User | Visitor) -> None:
    """Delete one's own account. A student's leaves no name behind, so not in the log either.

    Raises:
        LastAdmin: nobody would be left to administer.
    """
    if user.rank.may(Role.INSTRUCTOR):
        remove(session, Actor.of(user), user.name)
    else:
        users.remove(session, user.id)


def _found(session: Session, name: str, *, leaving: bool = False) -> User:
    """Find a user, whom nobody else changes until this transaction ends.

    ``leaving``: whether an admin might be one no more; admins are locked before anybody else.
    """
    missing = f"there is no user {name!r}"
    user_id = session.scalar(select(User.id).where(User.name_key == users.name_key(name)))
    if user_id is None:
        raise NotThere(missing)
    if leaving:
        users.insist_on_another_admin(session, user_id)
    found = session.get(User, user_id, with_for_update={"key_share": True})
    if found is None:
        raise NotThere(missing)
    return found
