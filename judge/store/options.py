"""Options that an admin changes while the service runs: what is stored holds over the setting."""

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
    found = session.scalar(select(Option.value).where(Option.key == _REGISTRATION))
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
    if mode is None:
        session.execute(delete(Option).where(Option.key == _REGISTRATION))
    else:
        _put(session, _REGISTRATION, mode.value)
    audit.note(
        session,
        actor,
        Act.REGISTRATION_CHANGED,
        "registration",
        before=None if before is None else before.value,
        now=None if mode is None else mode.value,
    )
    return True


def _put(session: Session, key: str, value: str) -> None:
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
