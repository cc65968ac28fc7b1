"""The tables of the course: chapters, problems, and every version that was ever judged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from judge.store.base import Base, Moment, clock


class Chapter(Base):
    """One chapter, in both languages."""

    __tablename__ = "chapters"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int]
    title_zh: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200))
    summary_zh: Mapped[str] = mapped_column(Text)
    summary_en: Mapped[str] = mapped_column(Text)
    page_zh: Mapped[str] = mapped_column(Text, default="", server_default="")
    page_en: Mapped[str] = mapped_column(Text, default="", server_default="")
    withdrawn: Mapped[bool] = mapped_column(default=False)


class Problem(Base):
    """One problem; ``version_id`` is what new submissions are judged by.

    What its file no longer has is withdrawn, never deleted: submissions belong to it.
    """

    __tablename__ = "problems"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(160), unique=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapters.id"), index=True)
    position: Mapped[int]
    title_zh: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200))
    difficulty: Mapped[str] = mapped_column(String(16))
    points: Mapped[int]
    uses_cuda: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("versions.id", use_alter=True, name="fk_problems_version_id_versions")
    )
    version: Mapped[Version | None] = relationship(foreign_keys=version_id)
    chapter: Mapped[Chapter] = relationship()


class Version(Base):
    """One meaning of a problem: the text of its file, and the hash of what judging uses.

    ``torch`` is the release that it was last loaded for; None where nobody knew.
    """

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("problem_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"))
    digest: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(Text)
    loaded_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    torch: Mapped[str | None] = mapped_column(String(40))
