"""Users: made, found, changed, deleted."""

from __future__ import annotations

import unicodedata

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Role
from judge.store.accounts import Login, ResetLink, Token, User
from judge.store.errors import LastAdmin, NameTaken
from judge.store.work import CaseResult, Draft, DraftCopy, Standing, Submission


def name_key(name: str) -> str:
    """Return a name as it is compared: normalised and in one case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def create(
    session: Session,
    *,
    name: str,
    password_hash: str,
    role: Role = Role.STUDENT,
    email: str | None = None,
    language: str | None = None,
) -> User:
    """Make a user.

    Raises:
        NameTaken: there is one of that name.
    """
    user = User(
        name=name,
        name_key=name_key(name),
        password_hash=password_hash,
        role=role.value,
        email=email,
        language=language,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as exc:
        raise NameTaken(f"there is a user {name!r} already") from exc
    return user


def find(session: Session, name: str) -> User | None:
    """Return the user of that name, or None."""
    return session.scalar(select(User).where(User.name_key == name_key(name)))


def get(session: Session, user_id: int) -> User | None:
    """Return a user with all that is kept in the row, or None."""
    return session.get(User, user_id)


def listed(session: Session, *, after: int = 0, limit: int = 200) -> list[User]:
    """Return users in the order in which they came."""
    return list(session.scalars(select(User).where(User.id > after).order_by(User.id).limit(limit)))


def count_of(session: Session, role: Role) -> int:
    """Return how many users have a role."""
    return int(
        session.scalar(select(func.count()).select_from(User).where(User.role == role.value)) or 0
    )


def insist_on_another_admin(session: Session, user_id: int) -> None:
    """Refuse that the last admin who is let in leaves: by role, by a block, or for good.

    Two admins who take each other's role away wait for each other here.

    Raises:
        LastAdmin: this user is the only one.
    """
    admins = session.execute(
        select(User.id, User.name)
        .where(User.role == Role.ADMIN.value, User.blocked.is_(False))
        .order_by(User.id)
        .limit(2)
        # Not against those who only point to a user, as every entry of the audit log does.
        .with_for_update(key_share=True)
    ).all()
    if [row.id for row in admins] == [user_id]:
        raise LastAdmin(
            f"{admins[0].name} is the only admin: make somebody else one first "
            "(`judge user role NAME admin`)"
        )


def set_password(
    session: Session, user_id: int, password_hash: str, *, keep_login: int | None = None
) -> None:
    """Change a password and sign out everywhere else."""
    session.execute(update(User).where(User.id == user_id).values(password_hash=password_hash))
    sign_out(session, user_id, keep_login=keep_login)
    session.execute(delete(ResetLink).where(ResetLink.user_id == user_id))


def sign_out(session: Session, user_id: int, *, keep_login: int | None = None) -> None:
    """End every sign-in of a user, but perhaps one."""
    old = delete(Login).where(Login.user_id == user_id)
    if keep_login is not None:
        old = old.where(Login.id != keep_login)
    session.execute(old)


def change(session: Session, user_id: int, **values: object) -> None:
    """Change fields of a user."""
    session.execute(update(User).where(User.id == user_id).values(**values))


def remove(session: Session, user_id: int) -> None:
    """Delete a user and everything they wrote.

    Of submissions the verdict and the time stay, without code, name or details: a problem's
    statistics must not change because somebody left.

    Raises:
        LastAdmin: nobody would be left to administer.
    """
    insist_on_another_admin(session, user_id)
    mine = select(Submission.id).where(Submission.user_id == user_id)
    session.execute(delete(CaseResult).where(CaseResult.submission_id.in_(mine)))
    session.execute(
        update(Submission)
        .where(Submission.user_id == user_id)
        .values(user_id=None, code="", inputs=None, report=None)
    )
    for table in (Login, Token, ResetLink, Draft, DraftCopy, Standing):
        session.execute(delete(table).where(table.user_id == user_id))
    session.execute(delete(User).where(User.id == user_id))
