"""What is kept by key: options that an admin changes while the service runs, and small notes."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from judge.domain.administration import Act, Registration
from judge.store import audit
from judge.store.administration import Option
from judge.store.audit import Actor
from judge.store.base import clock

_REGISTRATION = "registration"


def stored_registration(session: Session) -> Registration | None:
    """Return who may register as an admin has it; None where the setting holds."""
    found = value(session, _REGISTRATION)
    return Registration(found) if found in list(Registration) else None


def registration(session: Session, *, setting: str) -> Registration:
    """Return who may register now.

    Args:
        session: the session.
        setting: what ``JUDGE_REGISTRATION`` says; holds until an admin changes it.
    """
    return stored_registration(session) or Registration(setting)


def set_registration(session: Session, actor: Actor, mode: Registration | None) -> bool:
    """Change who may register; None lets the setting hold again.

    Returns:
        Whether that changed anything.
    """
    before = stored_registration(session)
    if before is mode:
        return False
    put(session, _REGISTRATION, None if mode is None else mode.value)
    audit.note(
        session,
        actor,
        Act.REGISTRATION_CHANGED,
        "registration",
        before=None if before is None else before.value,
        now=None if mode is None else mode.value,
    )
    return True


def value(session: Session, key: str) -> str | None:
    """Return what is kept under a key."""
    found = session.scalar(select(Option.value).where(Option.key == key))
    return None if found is None else str(found)


def put(session: Session, key: str, value: str | None) -> None:
    """Keep something under a key; None to forget it."""
    if value is None:
        session.execute(delete(Option).where(Option.key == key))
        return
    change = (
        update(Option)
        .where(Option.key == key)
        .values(value=value, changed_at=clock())
        .returning(Option.key)
        .execution_options(synchronize_session=False)
    )
    if session.scalar(change) is not None:
        return
    try:
        with session.begin_nested():
            session.add(Option(key=key, value=value))
    except IntegrityError:
        session.execute(change)  # another admin was faster; who comes last decides
