"""What an admin does about submissions: try again what was given up, judge anew what is judged.

Each act is in the audit log, by the same transaction; hints are given after the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session, joinedload

from judge.domain.administration import Act
from judge.domain.lifecycle import Queue, State
from judge.store import audit, rejudging
from judge.store.audit import Actor, Note, Wanted
from judge.store.base import clock
from judge.store.course import Problem
from judge.store.errors import NotThere
from judge.store.rejudging import Selection
from judge.store.work import Submission

MOST = 1000
"""So many are queued again by one act at most; the rest by the next."""
_LONGEST_LIST = 200


_CURRENT = (
    select(Problem.version_id)
    .where(Problem.id == Submission.problem_id)
    .correlate(Submission)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Retried:
    """A submission that was queued again: when, by whom, and the row as it is by now."""

    row: Submission
    at: datetime
    by: str


def subject_of(submission_id: int) -> str:
    """Return how the audit log calls a submission."""
    return f"submission {submission_id}"


def retry(session: Session, actor: Actor, submission_id: int) -> Queue | None:
    """Queue a submission again that was given up, as if it were new; the log keeps the fault.

    Returns:
        Where it waits, for the hint; None if there is nothing to do: it waits, is being judged,
        or has its verdict by now.

    Raises:
        NotThere: there is no such submission.
    """
    done = _retry(session, actor, Submission.id == submission_id, limit=1)
    if done:
        return done[0][1]
    if session.scalar(select(Submission.id).where(Submission.id == submission_id)) is None:
        raise NotThere(f"there is no submission {submission_id}")
    return None


def retry_all(session: Session, actor: Actor, *, limit: int = MOST) -> list[tuple[int, Queue]]:
    """Queue all submissions again that were given up, oldest first.

    Returns:
        Ids and queues, for the hints; as many as the limit says: there may be more.
    """
    return _retry(session, actor, Submission.id > 0, limit=min(limit, MOST))


def _retry(
    session: Session, actor: Actor, which: ColumnElement[bool], *, limit: int
) -> list[tuple[int, Queue]]:
    found = session.execute(
        select(
            Submission.id,
            Submission.queue,
            Submission.fault,
            Submission.tries,
            Submission.worker,
        )
        .where(which, Submission.state == State.FAILED.value)
        .order_by(Submission.id)
        .limit(limit)
        # What somebody else is queueing again at this moment is theirs.
        .with_for_update(skip_locked=True)
    ).all()
    if not found:
        return []
    session.execute(
        update(Submission)
        .where(Submission.id.in_([row.id for row in found]))
        .values(
            state=State.QUEUED.value,
            tries=0,
            hints=0,
            fault=None,
            due_at=clock(),
            hinted_at=clock(),
            # By the version that is current, for it may be what was mended.
            version_id=func.coalesce(_CURRENT, Submission.version_id),
        )
        .execution_options(synchronize_session=False)
    )
    audit.note_all(
        session,
        actor,
        [
            Note(
                Act.SUBMISSION_RETRIED,
                subject_of(row.id),
                {"fault": row.fault, "tries": row.tries, "worker": row.worker},
            )
            for row in found
        ],
    )
    return [(row.id, Queue(row.queue)) for row in found]


def retried(session: Session, *, limit: int = 20) -> list[Retried]:
    """Return what was last queued again, newest first, to see what has come of it."""
    acts: dict[str, tuple[datetime, str]] = {}
    for entry in audit.entries(session, Wanted(act=Act.SUBMISSION_RETRIED), limit=limit):
        acts.setdefault(entry.subject, (entry.at, entry.actor_name))
    numbers = [int(subject.rpartition(" ")[2]) for subject in acts]
    rows = session.scalars(
        select(Submission)
        .where(Submission.id.in_(numbers))
        .options(joinedload(Submission.problem), joinedload(Submission.user))
    )
    found = {subject_of(row.id): row for row in rows}
    return [Retried(found[each], *act) for each, act in acts.items() if each in found]


def rejudge(session: Session, actor: Actor, chosen: Selection) -> list[int]:
    """Queue finished submissions again, on ``bulk``; return their ids."""
    ids = rejudging.rejudge(session, chosen)
    if ids:
        audit.note(
            session,
            actor,
            Act.SUBMISSIONS_REJUDGED,
            _said(chosen),
            number=len(ids),
            problem=chosen.problem,
            verdict=chosen.verdict,
            submissions=ids[:_LONGEST_LIST],
        )
    return ids


def _said(chosen: Selection) -> str:
    if chosen.submission_id is not None:
        return subject_of(chosen.submission_id)
    return f"problem {chosen.problem}" if chosen.problem is not None else "submissions"
