"""Chapters and problems, looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from judge.store.course import Chapter, Problem

_PROBLEM = (
    select(Problem)
    .where(Problem.slug == bindparam("slug"), Problem.withdrawn.is_(False))
    .options(joinedload(Problem.version), joinedload(Problem.chapter))
)


def problem(session: Session, slug: str) -> Problem | None:
    """Return a problem that is in use, with its version's text, or None."""
    return session.scalar(_PROBLEM, {"slug": slug})


@dataclass(frozen=True, slots=True)
class Target:
    """What an answer needs of the problem that it is sent to."""

    id: int
    slug: str
    version_id: int | None
    uses_cuda: bool


_TARGET = select(Problem.id, Problem.slug, Problem.version_id, Problem.uses_cuda).where(
    Problem.slug == bindparam("slug"), Problem.withdrawn.is_(False)
)


def target(connection: Connection, slug: str) -> Target | None:
    """Return a problem that is in use as an answer's target, or None."""
    row = connection.execute(_TARGET, {"slug": slug}).one_or_none()
    return None if row is None else Target(*row)


def first(session: Session) -> Problem | None:
    """Return the course's first problem."""
    return session.scalar(
        select(Problem)
        .join(Chapter)
        .where(Problem.withdrawn.is_(False), Chapter.withdrawn.is_(False))
        .order_by(Chapter.position, Problem.position)
        .limit(1)
    )


IN_ORDER = (
    select(
        Problem.id,
        *(
            step(column)
            .over(order_by=(Chapter.position, Problem.position))
            .label(name + column.key)
            for name, step in (("before_", func.lag), ("after_", func.lead))
            for column in (Problem.slug, Problem.title_zh, Problem.title_en)
        ),
    )
    .join(Chapter)
    .where(Problem.withdrawn.is_(False), Chapter.withdrawn.is_(False))
    .subquery()
)
"""Each problem's id, and what a link to the one before and the one after needs."""
_AROUND = select(IN_ORDER).where(IN_ORDER.c.id == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What a link to a problem or a chapter needs."""

    slug: str
    title_zh: str
    title_en: str


def neighbours(session: Session, found: Problem) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the problems before and after one, in the order of the course."""
    row = session.execute(_AROUND, {"wanted": found.id}).one_or_none()
    return around([None] * 7 if row is None else list(row))


def around(row: list[Any]) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the two neighbours that a row of ``IN_ORDER`` tells of."""
    _, *titles = row
    before, after = titles[:3], titles[3:]
    return (Neighbour(*before) if before[0] else None, Neighbour(*after) if after[0] else None)
