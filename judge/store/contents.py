"""What a chapter's page shows: its texts, its problems, and where its student is with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from judge.store.course import Chapter, Problem
from judge.store.standings import STANDING, Reached
from judge.store.work import Standing


@dataclass(frozen=True, slots=True)
class Line:
    """A problem as its chapter lists it; ``standing`` is None where it was not tried."""

    standing: Reached | None
    slug: str
    title_zh: str
    title_en: str
    difficulty: str
    points: int


@dataclass(frozen=True, slots=True)
class Contents:
    """A chapter and its problems in order. Texts are Markdown; ``page`` may be empty."""

    lines: tuple[Line, ...]
    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    page_zh: str
    page_en: str


_CHAPTER = select(
    Chapter.id,
    Chapter.title_zh,
    Chapter.title_en,
    Chapter.summary_zh,
    Chapter.summary_en,
    Chapter.page_zh,
    Chapter.page_en,
).where(Chapter.slug == bindparam("slug"), Chapter.withdrawn.is_(False))
_LINE = (Problem.slug, Problem.title_zh, Problem.title_en, Problem.difficulty, Problem.points)
_LINES = (
    select(*_LINE, *STANDING)
    .outerjoin(
        Standing, (Standing.problem_id == Problem.id) & (Standing.user_id == bindparam("user"))
    )
    .where(Problem.chapter_id == bindparam("chapter"), Problem.withdrawn.is_(False))
    .order_by(Problem.position)
)


def find(connection: Connection, slug: str, user_id: int | None) -> Contents | None:
    """Return a chapter that is in use as a student finds it, or None: two questions.

    Args:
        connection: to ask.
        slug: the chapter's.
        user_id: the student; None for somebody who has not signed in.
    """
    chapter = connection.execute(_CHAPTER, {"slug": slug}).one_or_none()
    if chapter is None:
        return None
    number, *texts = chapter
    rows = connection.execute(_LINES, {"chapter": number, "user": user_id})
    return Contents(tuple(_line(row) for row in rows), *texts)


def _line(row: Sequence[Any]) -> Line:
    count = len(_LINE)
    return Line(Reached.of(row[count:]), *row[:count])
