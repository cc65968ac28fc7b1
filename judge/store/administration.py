"""The tables of administration: the audit log, options that hold over the settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from judge.store.base import Base, Moment, clock

ACTOR_LENGTH = 120
SUBJECT_LENGTH = 200


class AuditEntry(Base):
    """One act with rights. The actor's name stays when the user is gone."""

    __tablename__ = "audit"
    __table_args__ = (
        # Page by page, newest first, of one actor, one kind of act, one subject.
        Index("ix_audit_actor", "actor_name", "id"),
        Index("ix_audit_action", "action", "id"),
        Index("ix_audit_subject", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    # Indexed for the day on which the user is deleted.
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    actor_name: Mapped[str] = mapped_column(String(ACTOR_LENGTH))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class Option(Base):
    """What an admin changed while the service runs, to hold over the setting; or a note of ours."""

    __tablename__ = "options"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
