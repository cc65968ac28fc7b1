"""Submissions as their students meet them: made, followed, looked up."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, select, tuple_
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from judge.domain.lifecycle import UNDER_WAY, Kind, Queue, State
from judge.store.base import clock
from judge.store.course import Problem, Version
from judge.store.errors import SchemaError, TooManyUnderWay
from judge.store.work import CaseResult, Submission, Worker

_TURN_S = 2.0
"""How much later than the one before each further submission of a student queues up."""
WORKER_STALE_S = 10.0
"""A worker that was not seen for so long counts as gone."""
PAGE = 30


@dataclass(frozen=True, slots=True)
class Status:
    """Where a submission is. ``place`` counts from 1 while it waits."""

    id: int
    state: State
    verdict: str | None
    place: int | None


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


def queue_for(session: Session, problem: Problem) -> Queue:
    """Return the queue for a problem: ``gpu`` where it needs one and somebody serves it."""
    if problem.uses_cuda and gpu_worker_alive(session):
        return Queue.GPU
    return Queue.CPU


def gpu_worker_alive(session: Session) -> bool:
    """Tell whether some worker that was seen lately serves the queue ``gpu`` with a device."""
    found = session.scalars(
        select(Worker).where(Worker.seen_at > clock(-WORKER_STALE_S), Worker.needs_torch.is_(None))
    )
    return any(Queue.GPU.value in worker.queues and worker.devices for worker in found)


def create(
    session: Session, problem: Problem, answer: Answer, *, user_id: int, most_under_way: int
) -> Submission:
    """Make a row that waits to be judged. The caller commits, then gives a hint.

    Raises:
        TooManyUnderWay: the student has to wait for one of the others.
    """
    waiting = session.scalar(
        select(func.count()).where(Submission.user_id == user_id, Submission.state.in_(UNDER_WAY))
    )
    under_way = int(waiting or 0)
    if under_way >= most_under_way:
        raise TooManyUnderWay(most_under_way)
    if problem.version_id is None:
        raise SchemaError(f"the problem {problem.slug} has no version: run `judge load`")
    row = Submission(
        user_id=user_id,
        problem_id=problem.id,
        version_id=problem.version_id,
        kind=answer.kind.value,
        code=answer.code,
        inputs=None if answer.inputs is None else list(answer.inputs),
        queue=queue_for(session, problem).value,
        state=State.QUEUED.value,
        # One student's flood queues up behind everybody else's first.
        due_at=clock(_TURN_S * under_way),
    )
    session.add(row)
    session.flush()
    return row


_STATE = select(Submission.state).where(Submission.id == bindparam("wanted"))


def under_way(session: Session, submission_id: int) -> bool:
    """Tell whether a submission still waits or is being judged: what one can ask often."""
    return session.scalar(_STATE, {"wanted": submission_id}) in UNDER_WAY


def status(session: Session, submission_id: int) -> Status | None:
    """Return where a submission is, with its place in the queue while it waits."""
    found = session.execute(
        select(Submission.state, Submission.verdict, Submission.queue, Submission.due_at).where(
            Submission.id == submission_id
        )
    ).one_or_none()
    if found is None:
        return None
    place = None
    if found.state == State.QUEUED:
        before = session.scalar(
            select(func.count()).where(
                Submission.queue == found.queue,
                Submission.state == State.QUEUED,
                tuple_(Submission.due_at, Submission.id) < tuple_(found.due_at, submission_id),
            )
        )
        place = int(before or 0) + 1
    return Status(submission_id, State(found.state), found.verdict, place)


_WHOLE = (
    select(Submission)
    .where(Submission.id == bindparam("wanted"))
    .options(
        selectinload(Submission.cases),
        joinedload(Submission.problem),
        joinedload(Submission.version),
    )
)


def get(session: Session, submission_id: int) -> Submission | None:
    """Return a submission with its cases, its problem and its version's text, or None."""
    return session.scalar(_WHOLE, {"wanted": submission_id})


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


def neighbours(session: Session, submission: Submission) -> tuple[int | None, int | None]:
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
