"""What a problem's page shows: the problem and where its student is with it, in one question.

It is the page that is asked for most. Six questions of their own cost it a third of its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, ScalarSelect, bindparam, case, select

from judge.domain.lifecycle import Kind, State
from judge.store.course import Chapter, Problem, Version
from judge.store.courses import IN_ORDER, Neighbour, around
from judge.store.standings import STANDING, Reached
from judge.store.work import Draft, Standing, Submission

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Written:
    """The draft as it was saved last."""

    code: str
    revision: int


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest submission; with ``judged_at`` it changes no more."""

    id: int
    judged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Workplace:
    """A problem, the text of its version, its chapter and neighbours; None where there is none."""

    slug: str
    source: str
    chapter: Neighbour
    before: Neighbour | None
    after: Neighbour | None
    draft: Written | None
    standing: Reached | None
    latest: Latest | None


def _of_latest(column: ColumnElement[_T]) -> ScalarSelect[_T]:
    """Return what the student's latest submission has in a column; NULL where there is none.

    Not joined: as long as PostgreSQL takes a table for small it would read all of it for a join.
    """
    return (
        select(column)
        .where(
            Submission.user_id == bindparam("user"),
            Submission.problem_id == Problem.id,
            Submission.kind == Kind.SUBMIT.value,
        )
        .order_by(Submission.id.desc())
        .limit(1)
        .correlate(Problem)
        .scalar_subquery()
    )


_JUDGED_AT = case((Submission.state == State.JUDGED.value, Submission.judged_at))
_PARTS = (
    (Version.source,),
    (Chapter.slug, Chapter.title_zh, Chapter.title_en),
    (Draft.code, Draft.revision),
    STANDING,
    (_of_latest(Submission.__table__.c.id), _of_latest(_JUDGED_AT)),
)
_WHOLE = (
    select(*(column for part in _PARTS for column in part), *IN_ORDER.c)
    .select_from(Problem)
    .join(Version, Version.id == Problem.version_id)
    .join(Chapter, Chapter.id == Problem.chapter_id)
    .outerjoin(IN_ORDER, IN_ORDER.c.id == Problem.id)
    .outerjoin(Draft, (Draft.problem_id == Problem.id) & (Draft.user_id == bindparam("user")))
    .outerjoin(
        Standing, (Standing.problem_id == Problem.id) & (Standing.user_id == bindparam("user"))
    )
    .where(Problem.slug == bindparam("slug"), Problem.withdrawn.is_(False))
)


def find(connection: Connection, slug: str, user_id: int | None) -> Workplace | None:
    """Return a problem that is in use as a student finds it, or None.

    Args:
        connection: to ask.
        slug: the problem's.
        user_id: the student; None for somebody who has not signed in.
    """
    row = connection.execute(_WHOLE, {"slug": slug, "user": user_id}).one_or_none()
    if row is None:
        return None
    values = iter(row)
    (source,), chapter, draft, standing, latest = ([next(values) for _ in part] for part in _PARTS)
    before, after = around(list(values))
    return Workplace(
        slug,
        source,
        Neighbour(*chapter),
        before,
        after,
        None if draft[1] is None else Written(*draft),
        Reached.of(standing),
        None if latest[0] is None else Latest(*latest),
    )
