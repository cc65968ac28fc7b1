"""Where students stand: recomputed from their submissions, so that it is never off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from sqlalchemy import Connection, Insert, Integer, bindparam, case, func, select
from sqlalchemy.dialects import postgresql, sqlite

from judge.domain.lifecycle import Kind
from judge.domain.verdict import Verdict
from judge.store.work import Standing, Submission


@dataclass(frozen=True, slots=True)
class Reached:
    """What a student has reached with a problem; ``score`` of ``points`` is the best so far."""

    accepted: bool
    attempts: int
    score: int
    points: int

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self | None:
        """Return what the columns of ``STANDING`` tell; None where there is no such row."""
        accepted_at, attempts, score, points = row
        return None if attempts is None else cls(accepted_at is not None, attempts, score, points)


STANDING = (Standing.accepted_at, Standing.attempts, Standing.best_score, Standing.points)
"""The columns that ``Reached`` is made of."""
_MINE = (
    Submission.user_id == bindparam("user_id"),
    Submission.problem_id == bindparam("problem_id"),
    Submission.kind == Kind.SUBMIT.value,
    Submission.verdict.is_not(None),
)
_FIRST = (
    select(func.min(Submission.id))
    .where(*_MINE, Submission.verdict == Verdict.ACCEPTED.value)
    .scalar_subquery()
)
# Where none is accepted every comparison is with NULL, and nothing is counted.
_FOUND = select(
    bindparam("user_id", type_=Integer).label("user_id"),
    bindparam("problem_id", type_=Integer).label("problem_id"),
    func.count().label("attempts"),
    func.nullif(func.count(case((Submission.id <= _FIRST, 1))), 0).label("attempts_until_accepted"),
    func.coalesce(func.max(Submission.score), 0).label("best_score"),
    func.coalesce(func.max(Submission.points), 0).label("points"),
    func.max(case((Submission.id == _FIRST, Submission.judged_at))).label("accepted_at"),
).where(*_MINE)


def renew(connection: Connection, *, user_id: int, problem_id: int) -> None:
    """Compute one student's standing with one problem from all submissions that were judged.

    The caller sees to it that nobody else does so for the same two before its transaction ends.
    """
    who = {"user_id": user_id, "problem_id": problem_id}
    connection.execute(_upsert(connection.dialect.name), who)


@cache
def _upsert(dialect: str) -> Insert:
    """Write what is found: one statement, which also reads."""
    made = (postgresql if dialect == "postgresql" else sqlite).insert(Standing.__table__)
    made = made.from_select([column.name for column in _FOUND.selected_columns], _FOUND)
    changed = {
        each.name: made.excluded[each.name]
        for each in Standing.__table__.columns
        if not each.primary_key
    }
    found: Insert = made.on_conflict_do_update(
        index_elements=["user_id", "problem_id"], set_=changed
    )
    return found
