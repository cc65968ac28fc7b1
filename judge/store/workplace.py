"""What a problem's page shows: the problem and where its student is with it, in one question.

It is the page that is asked for most. Six questions of their own cost it a third of its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from judge.domain.lifecycle import Kind, State
from judge.store.course import Chapter, Problem, Version
from judge.store.courses import IN_ORDER, Neighbour, around
from judge.store.standings import STANDING, Reached
from judge.store.work import Draft, Standing, Submission


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


_SUBMITTED = (
    select(func.max(Submission.id))
    .where(
        Submission.user_id == bindparam("user"),
        Submission.problem_id == Problem.id,
        Submission.kind == Kind.SUBMIT.value,
    )
    .correlate(Problem)
    .scalar_subquery()
)
_PARTS = (
    (Version.source,),
    (Chapter.slug, Chapter.title_zh, Chapter.title_en),
    (Draft.code, Draft.revision),
    STANDING,
    (Submission.id, Submission.state, Submission.judged_at),
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
    .outerjoin(Submission, Submission.id == _SUBMITTED)
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
        None if latest[0] is None else _latest(*latest),
    )


def _latest(number: int, state: str, judged_at: datetime | None) -> Latest:
    return Latest(number, judged_at if state == State.JUDGED else None)
