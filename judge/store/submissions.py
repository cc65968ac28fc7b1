"""Submissions as their students meet them: made, followed, looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Float, Integer, bindparam, cast, delete, func, insert, select
from sqlalchemy.orm import Session, defer, joinedload

from judge.domain.lifecycle import UNDER_WAY, Kind, Queue, State
from judge.store.base import clock
from judge.store.course import Problem, Version
from judge.store.courses import Target
from judge.store.errors import SchemaError, TooManyUnderWay
from judge.store.outcomes import Outcome
from judge.store.work import CaseResult, Submission, Worker

_TURN_S = 2.0
"""How much later than the one before each further submission of a student queues up."""
WORKER_STALE_S = 10.0
"""A worker that was not seen for so long counts as gone."""
PAGE = 30


@dataclass(frozen=True, slots=True)
class Made:
    """A submission that waits: what a hint has to say of it."""

    id: int
    queue: Queue


@dataclass(frozen=True, slots=True)
class Answer:
    """What a student sends: code, and for a run perhaps an input of their own."""

    code: str
    kind: Kind = Kind.SUBMIT
    inputs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which submissions of a history are wanted."""

    problem_id: int | None = None
    verdict: str | None = None
    kind: Kind = Kind.SUBMIT


def queue_for(connection: Connection, problem: Problem | Target) -> Queue:
    """Return the queue for a problem: ``gpu`` where it needs one and somebody serves it."""
    if problem.uses_cuda and gpu_worker_alive(connection):
        return Queue.GPU
    return Queue.CPU


def gpu_worker_alive(connection: Connection) -> bool:
    """Tell whether some worker that was seen lately serves the queue ``gpu`` with a device."""
    found = connection.execute(
        select(Worker.queues, Worker.devices).where(
            Worker.seen_at > clock(-WORKER_STALE_S), Worker.needs_torch.is_(None)
        )
    )
    return any(Queue.GPU.value in row.queues and row.devices for row in found)


_UNDER_WAY = (
    select(func.count().label("number"))
    .where(Submission.user_id == bindparam("owner"), Submission.state.in_(UNDER_WAY))
    .subquery()
)
_GIVEN: dict[str, Any] = {
    "user_id": bindparam("owner", type_=Integer),
    **{
        name: bindparam(f"its_{name}", type_=Submission.__table__.c[name].type)
        for name in ("problem_id", "version_id", "kind", "code", "inputs", "queue")
    },
    # One student's flood queues up behind everybody else's first.
    "due_at": clock(cast(_UNDER_WAY.c.number, Float) * _TURN_S),
}
_CREATE = (
    insert(Submission)
    .from_select(
        list(_GIVEN), select(*_GIVEN.values()).where(_UNDER_WAY.c.number < bindparam("most"))
    )
    .returning(Submission.id)
)


def create(
    connection: Connection,
    problem: Problem | Target,
    answer: Answer,
    *,
    user_id: int,
    most_under_way: int,
) -> Made:
    """Make a row that waits to be judged: one statement. The caller commits, then gives a hint.

    Raises:
        TooManyUnderWay: the student has to wait for one of the others.
    """
    if problem.version_id is None:
        raise SchemaError(f"the problem {problem.slug} has no version: run `judge load`")
    queue = queue_for(connection, problem)
    found = connection.scalar(
        _CREATE,
        {
            "owner": user_id,
            "most": most_under_way,
            "its_problem_id": problem.id,
            "its_version_id": problem.version_id,
            "its_kind": answer.kind.value,
            "its_code": answer.code,
            "its_inputs": None if answer.inputs is None else list(answer.inputs),
            "its_queue": queue.value,
        },
    )
    if found is None:
        raise TooManyUnderWay(most_under_way)
    return Made(found, queue)


def history(
    session: Session,
    user_id: int,
    wanted: Filter = Filter(),
    *,
    before: int | None = None,
    limit: int = PAGE,
) -> list[Submission]:
    """Return a student's submissions, newest first; ``before``: the last id of the page before."""
    found = (
        select(Submission)
        .where(Submission.user_id == user_id, Submission.kind == wanted.kind.value)
        .options(joinedload(Submission.problem), defer(Submission.code), defer(Submission.report))
        .order_by(Submission.id.desc())
        .limit(limit)
    )
    if wanted.problem_id is not None:
        found = found.where(Submission.problem_id == wanted.problem_id)
    if wanted.verdict is not None:
        found = found.where(Submission.verdict == wanted.verdict)
    if before is not None:
        found = found.where(Submission.id < before)
    return list(session.scalars(found))


def neighbours(session: Session, submission: Outcome) -> tuple[int | None, int | None]:
    """Return the ids of the same student's submissions to the same problem before and after."""
    same = (
        Submission.user_id == submission.user_id,
        Submission.problem_id == submission.problem_id,
        Submission.kind == Kind.SUBMIT.value,
    )
    before = session.scalar(
        select(func.max(Submission.id)).where(*same, Submission.id < submission.id)
    )
    after = session.scalar(
        select(func.min(Submission.id)).where(*same, Submission.id > submission.id)
    )
    return before, after


def source_of(session: Session, version_id: int) -> tuple[str, str]:
    """Return a version's problem (its slug) and the text of its file."""
    found = session.execute(
        select(Problem.slug, Version.source)
        .join(Version, Version.problem_id == Problem.id)
        .where(Version.id == version_id)
    ).one()
    return found.slug, found.source


def forget_runs(session: Session, *, older_than_s: float, limit: int = 200) -> int:
    """Delete trial runs that are older, some at a time; return how many."""
    ids = list(
        session.scalars(
            select(Submission.id)
            .where(
                Submission.kind == Kind.RUN.value,
                Submission.created_at < clock(-older_than_s),
                Submission.state.in_((State.JUDGED, State.FAILED)),
            )
            .limit(limit)
        )
    )
    if ids:
        session.execute(delete(CaseResult).where(CaseResult.submission_id.in_(ids)))
        session.execute(delete(Submission).where(Submission.id.in_(ids)))
    return len(ids)
