"""How far students are: by chapter, by day, and beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Date, cast, func, select
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Kind
from judge.store import courses
from judge.store.accounts import User
from judge.store.base import utc_now
from judge.store.course import Chapter, Problem
from judge.store.courses import Neighbour
from judge.store.work import Standing, Submission

RANKING_LENGTH = 100


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem as a chapter lists it, with where the student stands (None: not tried)."""

    problem: Problem
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A chapter, how many problems it has and how many of them are accepted."""

    chapter: Chapter
    problems: int
    accepted: int
    tried: int


@dataclass(frozen=True, slots=True)
class Rank:
    """One line of the ranking."""

    place: int
    user_id: int
    name: str
    accepted: int
    score: int


def chapters(session: Session, user_id: int | None) -> list[ChapterRow]:
    """Return every chapter that has problems, in order: one query."""
    rows = session.execute(
        select(
            Chapter,
            func.count(Problem.id),
            func.count(Standing.accepted_at),
            func.count(Standing.problem_id),
        )
        .join(Problem, (Problem.chapter_id == Chapter.id) & Problem.withdrawn.is_(False))
        .outerjoin(
            Standing, (Standing.problem_id == Problem.id) & (Standing.user_id == (user_id or 0))
        )
        .where(Chapter.withdrawn.is_(False))
        .group_by(Chapter.id)
        .order_by(Chapter.position)
    )
    return [ChapterRow(chapter, count, accepted, tried) for chapter, count, accepted, tried in rows]


def resume(session: Session, user_id: int) -> Problem | Neighbour | None:
    """Return where a student goes on: at the latest problem, or after it once it is solved."""
    row = session.execute(
        select(Problem, Standing.accepted_at)
        .join(Submission, Submission.problem_id == Problem.id)
        .outerjoin(Standing, (Standing.problem_id == Problem.id) & (Standing.user_id == user_id))
        .where(Submission.user_id == user_id)
        .order_by(Submission.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    found, accepted_at = row
    if accepted_at is None:
        return found
    return courses.neighbours(session, found)[1] or found


def days(session: Session, user_id: int, *, count: int = 182) -> dict[date, int]:
    """Return how many submissions a student made on each of the last days (UTC)."""
    since = utc_now() - timedelta(days=count)
    day = (
        cast(Submission.created_at, Date)
        if session.get_bind().dialect.name == "postgresql"
        else func.date(Submission.created_at)
    )
    rows = session.execute(
        select(day, func.count())
        .where(
            Submission.user_id == user_id,
            Submission.kind == Kind.SUBMIT.value,
            Submission.created_at >= since,
        )
        .group_by(day)
    )
    return {
        found if isinstance(found, date) else date.fromisoformat(found): number
        for found, number in rows
    }


def attempts(session: Session, user_id: int) -> Sequence[tuple[Problem, Standing]]:
    """Return what a student has tried, in the order of the course, at most 500 problems."""
    return [
        (problem, standing)
        for problem, standing in session.execute(
            select(Problem, Standing)
            .join(Standing, Standing.problem_id == Problem.id)
            .join(Chapter, Chapter.id == Problem.chapter_id)
            .where(Standing.user_id == user_id)
            .order_by(Chapter.position, Problem.position)
            .limit(500)
        )
    ]


def ranking(session: Session, *, user_id: int | None = None) -> tuple[list[Rank], Rank | None]:
    """Return the first of those who take part, and the line of one of them."""
    totals = (
        select(
            User.id.label("user_id"),
            User.name.label("name"),
            func.count(Standing.accepted_at).label("accepted"),
            func.sum(Standing.best_score).label("score"),
        )
        .join(Standing, Standing.user_id == User.id)
        .where(User.in_ranking.is_(True), User.blocked.is_(False))
        .group_by(User.id, User.name)
        .subquery()
    )
    place = func.rank().over(order_by=(totals.c.accepted.desc(), totals.c.score.desc()))
    ranked = select(
        place.label("place"), totals.c.user_id, totals.c.name, totals.c.accepted, totals.c.score
    ).subquery()
    first = session.execute(
        select(ranked).order_by(ranked.c.place, ranked.c.user_id).limit(RANKING_LENGTH)
    )
    lines = [Rank(row.place, row.user_id, row.name, row.accepted, row.score) for row in first]
    mine = session.execute(select(ranked).where(ranked.c.user_id == (user_id or 0))).one_or_none()
    own = (
        None
        if mine is None
        else Rank(mine.place, mine.user_id, mine.name, mine.accepted, mine.score)
    )
    return lines, own


def course(session: Session, user_id: int) -> list[tuple[Chapter, list[ProblemRow]]]:
    """Return the whole course with a student's standings: two queries."""
    chapters_ = list(
        session.scalars(
            select(Chapter).where(Chapter.withdrawn.is_(False)).order_by(Chapter.position)
        )
    )
    found: dict[int, list[ProblemRow]] = {chapter.id: [] for chapter in chapters_}
    rows = session.execute(
        select(Problem, Standing)
        .outerjoin(Standing, (Standing.problem_id == Problem.id) & (Standing.user_id == user_id))
        .where(Problem.withdrawn.is_(False), Problem.chapter_id.in_(found))
        .order_by(Problem.position)
    )
    for problem, mine in rows:
        found[problem.chapter_id].append(ProblemRow(problem, mine))
    return [(chapter, found[chapter.id]) for chapter in chapters_ if found[chapter.id]]
