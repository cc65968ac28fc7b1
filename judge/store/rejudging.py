"""Submissions that go through judging once more: by choice, or after a fault of ours."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, joinedload

from judge.domain.lifecycle import Kind, Queue, State
from judge.domain.verdict import Verdict
from judge.store.base import clock
from judge.store.course import Problem
from judge.store.work import Submission


@dataclass(frozen=True, slots=True)
class Selection:
    """Which finished submissions to judge again.

    ``problem`` may name a whole chapter; the verdict ``judge_error`` means those given up.
    """

    problem: str | None = None
    submission_id: int | None = None
    verdict: str | None = None
    limit: int = 1000


def rejudge(session: Session, chosen: Selection, *, dry_run: bool = False) -> list[int]:
    """Queue finished submissions again, on ``bulk``; return their ids.

    Each keeps its seed, so its inputs, and its verdict until the new one is written.
    """
    wanted = select(Submission.id).where(
        Submission.kind == Kind.SUBMIT.value,
        Submission.state.in_((State.JUDGED, State.FAILED)),
    )
    if chosen.submission_id is not None:
        wanted = wanted.where(Submission.id == chosen.submission_id)
    if chosen.problem is not None:
        wanted = wanted.join(Submission.problem).where(
            or_(Problem.slug == chosen.problem, Problem.slug.startswith(chosen.problem + "/"))
        )
    if chosen.verdict == Verdict.JUDGE_ERROR:
        # What was given up has no verdict, or still the one before.
        wanted = wanted.where(Submission.state == State.FAILED.value)
    elif chosen.verdict is not None:
        wanted = wanted.where(Submission.verdict == chosen.verdict)
    ids = list(session.scalars(wanted.order_by(Submission.id).limit(chosen.limit)))
    if dry_run or not ids:
        return ids
    for row in session.scalars(
        select(Submission).where(Submission.id.in_(ids)).with_for_update(of=Submission)
    ):
        row.state = State.QUEUED.value
        row.queue = Queue.BULK.value
        row.tries = 0
        row.hints = 0
        row.fault = None
        row.verdict_before = row.verdict
        # By the version that is current: it is what was mended.
        row.version_id = (
            session.scalars(select(Problem.version_id).where(Problem.id == row.problem_id)).one()
            or row.version_id
        )
    session.flush()
    session.execute(
        update(Submission)
        .where(Submission.id.in_(ids))
        .values(due_at=clock(), hinted_at=clock())
        .execution_options(synchronize_session=False)
    )
    return ids


def faults(session: Session, *, limit: int, before: int | None = None) -> list[Submission]:
    """Return submissions whose last judging failed through a fault of ours, newest first.

    Each comes with its problem and its student; ``before``: the last id of the page before.
    """
    wanted = (
        select(Submission)
        .where(Submission.fault.is_not(None), Submission.state != State.JUDGED.value)
        .options(joinedload(Submission.problem), joinedload(Submission.user))
        .order_by(Submission.id.desc())
        .limit(limit)
    )
    if before is not None:
        wanted = wanted.where(Submission.id < before)
    return list(session.scalars(wanted))
