"""What is loaded: each problem's version in force, the torch it was loaded for, what it judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Kind
from judge.store.base import LONGEST_PAGE
from judge.store.course import Chapter, Problem, Version
from judge.store.work import Submission

PAGE = 25


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a problem. ``submissions``: how many it judges, or has judged."""

    id: int
    digest: str
    loaded_at: datetime
    torch: str | None
    submissions: int
    current: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """One problem and its versions, the newest first; how many there are in all."""

    slug: str
    title_zh: str
    title_en: str
    withdrawn: bool
    editions: tuple[Edition, ...]
    number: int

    @property
    def current(self) -> Edition | None:
        """The version that new submissions are judged by."""
        return next((each for each in self.editions if each.current), None)


_MOST_EDITIONS = 20


def problems(
    session: Session, *, only: str | None = None, after: str = "", limit: int = PAGE
) -> list[Holding]:
    """Return problems in the order of their slugs.

    Args:
        session: the session.
        only: one problem's slug, or a chapter's.
        after: the last slug of the page before.
        limit: how many at most.
    """
    wanted = select(Problem).order_by(Problem.slug).limit(min(limit, LONGEST_PAGE))
    if only is not None:
        inside = Problem.slug.startswith(f"{only}/", autoescape=True)
        wanted = wanted.where(or_(Problem.slug == only, inside))
    if after:
        wanted = wanted.where(Problem.slug > after)
    rows = session.scalars(wanted).all()
    editions = _editions(session, [row.id for row in rows])
    return [
        Holding(
            row.slug,
            row.title_zh,
            row.title_en,
            row.withdrawn,
            tuple(each for each, _ in editions.get(row.id, [])),
            editions[row.id][0][1] if row.id in editions else 0,
        )
        for row in rows
    ]


def _editions(session: Session, ids: list[int]) -> dict[int, list[tuple[Edition, int]]]:
    """Return the newest versions of problems, each with how many its problem has in all."""
    place = func.row_number().over(partition_by=Version.problem_id, order_by=Version.id.desc())
    number = func.count().over(partition_by=Version.problem_id)
    numbered = (
        select(
            Version.id,
            Version.problem_id,
            Version.digest,
            Version.loaded_at,
            Version.torch,
            place.label("place"),
            number.label("number"),
        )
        .where(Version.problem_id.in_(ids))
        .subquery()
    )
    current = Problem.version_id == numbered.c.id
    found = session.execute(
        select(numbered, current.label("current"))
        .join(Problem, Problem.id == numbered.c.problem_id)
        # The one in force need not be new: a file may have gone back to what it was.
        .where((numbered.c.place <= _MOST_EDITIONS) | current)
        .order_by(numbered.c.problem_id, numbered.c.place)
    ).all()
    counts = _counts(session, ids)
    editions: dict[int, list[tuple[Edition, int]]] = {}
    for row in found:
        edition = Edition(
            row.id,
            row.digest,
            row.loaded_at,
            row.torch,
            counts.get(row.id, 0),
            bool(row.current),
        )
        editions.setdefault(row.problem_id, []).append((edition, row.number))
    return editions


def _counts(session: Session, ids: list[int]) -> dict[int, int]:
    found = session.execute(
        select(Submission.version_id, func.count())
        # Named by problem, for which there is an index.
        .where(Submission.problem_id.in_(ids), Submission.kind == Kind.SUBMIT.value)
        .group_by(Submission.version_id)
    )
    return {row[0]: row[1] for row in found}


def torch_releases(session: Session) -> dict[str, int]:
    """Return for which versions of torch the problems in use were loaded, and how many each.

    Those of which nobody knows are left out.
    """
    found = session.execute(
        select(Version.torch, func.count())
        .join(Problem, Problem.version_id == Version.id)
        .join(Chapter, Chapter.id == Problem.chapter_id)
        .where(Problem.withdrawn.is_(False), Chapter.withdrawn.is_(False))
        .group_by(Version.torch)
    )
    return {torch: number for torch, number in found if torch is not None}
