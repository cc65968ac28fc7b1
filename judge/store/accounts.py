"""The tables of people: users, their sign-ins, tokens, invitations, reset links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from judge.domain.lifecycle import Role
from judge.store.base import Base, Moment, clock

NAME_LENGTH = 40
LABEL_LENGTH = 120
HASH_LENGTH = 64


class User(Base):
    """One person. ``name_key`` is the name as compared: normalised and in one case."""

    __tablename__ = "users"
    __table_args__ = (
        # Names that begin so: PostgreSQL finds them by bytes, not in the order of a language.
        Index("ix_users_prefix", "name_key", postgresql_ops={"name_key": "varchar_pattern_ops"}),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    name_key: Mapped[str] = mapped_column(String(NAME_LENGTH * 4), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16), default=Role.STUDENT.value)
    language: Mapped[str | None] = mapped_column(String(2))
    in_ranking: Mapped[bool] = mapped_column(default=True)
    blocked: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())

    @property
    def rank(self) -> Role:
        """The role, as the closed set."""
        return Role(self.role)


class Login(Base):
    """One signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "logins"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    device: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    seen_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Token(Base):
    """A personal token for the API. Only its hash is kept."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Invitation(Base):
    """A code that lets so many people register; ``label`` says whom, to whoever looks later."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    role: Mapped[str] = mapped_column(String(16), default=Role.STUDENT.value)
    uses_left: Mapped[int] = mapped_column(default=1)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    created_by: Mapped[str] = mapped_column(String(LABEL_LENGTH), default="", server_default="")
    label: Mapped[str] = mapped_column(String(LABEL_LENGTH), default="", server_default="")


class ResetLink(Base):
    """A link that sets a new password, once."""

    __tablename__ = "reset_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
