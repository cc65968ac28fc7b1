"""Where students stand: recomputed from their submissions, so that it is never off."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Insert, Integer, bindparam, case, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from judge.domain.lifecycle import Kind
from judge.domain.verdict import Verdict
from judge.store.work import Standing, Submission

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
_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(bindparam("user_id"), bindparam("problem_id")))


def renew(session: Session, *, user_id: int, problem_id: int) -> None:
    """Compute one student's standing with one problem from all submissions that were judged."""
    who = {"user_id": user_id, "problem_id": problem_id}
    connection = session.connection()
    dialect = connection.dialect.name
    if dialect == "postgresql":
        # Two verdicts at once would not see each other, and the later would be counted alone.
        connection.execute(_ONE_AT_A_TIME, who)
    connection.execute(_upsert(dialect), who)


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
