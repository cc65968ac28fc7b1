"""What came of a submission: its row, its problem's name, and what was seen in each case.

As columns: what a student waits for is asked here right after the verdict, and objects would cost
more than the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import aliased

from judge.domain.lifecycle import UNDER_WAY, State
from judge.store import cases
from judge.store.course import Problem
from judge.store.courses import Neighbour
from judge.store.standings import STANDING, Reached
from judge.store.work import Standing, Submission


@dataclass(frozen=True, slots=True)
class Outcome:
    """A submission as its student meets it.

    ``report`` is the summary and ``cases`` holds one object for each run of a case, as
    ``reports.load`` takes them; both stay empty until there is a verdict, and ``cases`` is empty
    again when details are no longer kept. While it is judged again, ``verdict`` is the old one.
    ``standing`` is the student's with this problem, this submission counted once it is judged.
    """

    id: int
    user_id: int | None
    problem_id: int
    kind: str
    state: str
    code: str
    verdict: str | None
    verdict_before: str | None
    score: int | None
    points: int | None
    report: dict[str, Any] | None
    created_at: datetime
    standing: Reached | None
    problem: Neighbour
    cases: tuple[dict[str, Any], ...]


_OWN = (
    Submission.id,
    Submission.user_id,
    Submission.problem_id,
    Submission.kind,
    Submission.state,
    Submission.code,
    Submission.verdict,
    Submission.verdict_before,
    Submission.score,
    Submission.points,
    Submission.report,
    Submission.created_at,
)
_PARTS = (
    _OWN,
    (cases.of(bindparam("wanted")),),
    STANDING,
    (Problem.slug, Problem.title_zh, Problem.title_en),
)
_ROW = (
    select(*(column for part in _PARTS for column in part))
    .join(Problem, Problem.id == Submission.problem_id)
    .outerjoin(
        Standing,
        (Standing.user_id == Submission.user_id) & (Standing.problem_id == Submission.problem_id),
    )
    .where(Submission.id == bindparam("wanted"))
)
# One by one: a list is put into the statement anew each time it is asked.
_DONE = _ROW.where(*(Submission.state != each.value for each in sorted(UNDER_WAY)))
_other = aliased(Submission)
_PLACE = (
    select(func.count(_other.id))
    .select_from(Submission)
    .join(
        _other,
        (_other.queue == Submission.queue)
        & (_other.state == State.QUEUED.value)
        & (tuple_(_other.due_at, _other.id) <= tuple_(Submission.due_at, Submission.id)),
    )
    .where(Submission.id == bindparam("wanted"), Submission.state == State.QUEUED.value)
)


def find(connection: Connection, submission_id: int) -> Outcome | None:
    """Return a submission with its cases, or None."""
    return _found(connection, _ROW, submission_id)


def done(connection: Connection, submission_id: int) -> Outcome | None:
    """Return a submission once it neither waits nor is being judged: what one can ask often."""
    return _found(connection, _DONE, submission_id)


def _found(connection: Connection, asked: Select[Any], submission_id: int) -> Outcome | None:
    row = connection.execute(asked, {"wanted": submission_id}).one_or_none()
    if row is None:
        return None
    values = iter(row)
    own, (seen,), standing, name = ([next(values) for _ in part] for part in _PARTS)
    return Outcome(*[*own, Reached.of(standing), Neighbour(*name), tuple(seen or ())])


def place(connection: Connection, submission_id: int) -> int | None:
    """Return a submission's place in its queue, from 1; None where it does not wait."""
    return connection.scalar(_PLACE, {"wanted": submission_id}) or None
