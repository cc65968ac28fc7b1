"""The tables of work: submissions and their cases, drafts, standings, workers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from judge.domain.lifecycle import State
from judge.store.accounts import User
from judge.store.base import Base, Moment, clock
from judge.store.course import Problem, Version

_FAULTY = text("fault IS NOT NULL")


class Submission(Base):
    """One answer, on its way or judged.

    ``due_at`` orders the queue. ``lease`` is who may write the result, until ``lease_until``;
    ``hinted_at`` when the broker was last told. While a judged one is judged again it keeps its
    verdict; ``verdict_before`` then says what it was. ``fault`` is for the admin.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        # The claim: the smallest of a queue.
        Index("ix_submissions_claim", "queue", "state", "due_at", "id"),
        # The sweeper: leases that ran out, hints that were lost.
        Index("ix_submissions_lease", "state", "lease_until"),
        Index("ix_submissions_hint", "state", "hinted_at"),
        # A student's history, whole and by problem; how many are under way.
        Index("ix_submissions_user", "user_id", "kind", "id"),
        Index("ix_submissions_user_problem", "user_id", "problem_id", "kind", "id"),
        Index("ix_submissions_user_state", "user_id", "state"),
        # Rejudging a problem; forgetting old runs.
        Index("ix_submissions_problem", "problem_id", "kind", "id"),
        Index("ix_submissions_kind_created", "kind", "created_at"),
        # Judge errors: few among very many.
        Index("ix_submissions_fault", "id", postgresql_where=_FAULTY, sqlite_where=_FAULTY),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    kind: Mapped[str] = mapped_column(String(8))
    code: Mapped[str] = mapped_column(Text)
    inputs: Mapped[list[str] | None] = mapped_column(JSON)
    seed: Mapped[str | None] = mapped_column(String(64))
    queue: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8), default=State.QUEUED.value)
    created_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    due_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    hinted_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    hints: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    judged_at: Mapped[datetime | None] = mapped_column(Moment)
    lease: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    worker: Mapped[str | None] = mapped_column(String(120))
    fault: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str | None] = mapped_column(String(24))
    verdict_before: Mapped[str | None] = mapped_column(String(24))
    score: Mapped[int | None]
    points: Mapped[int | None]
    wall_s: Mapped[float | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    user: Mapped[User | None] = relationship()
    problem: Mapped[Problem] = relationship()
    version: Mapped[Version] = relationship()
    cases: Mapped[list[CaseResult]] = relationship(
        order_by="CaseResult.position", passive_deletes=True
    )


class CaseResult(Base):
    """One run of one case, as the report says it."""

    __tablename__ = "case_results"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[str | None] = mapped_column(String(24))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class Draft(Base):
    """What a student is writing; ``revision`` counts up with each save."""

    __tablename__ = "drafts"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"), primary_key=True)
    revision: Mapped[int]
    code: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())


class DraftCopy(Base):
    """An older text of a draft that another device replaced: nothing is lost."""

    __tablename__ = "draft_copies"
    __table_args__ = (Index("ix_draft_copies_draft", "user_id", "problem_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"))
    code: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(Moment)


class Standing(Base):
    """Where a student stands with a problem; computed anew whenever a result is written."""

    __tablename__ = "standings"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"), primary_key=True)
    attempts: Mapped[int]
    attempts_until_accepted: Mapped[int | None]
    best_score: Mapped[int]
    points: Mapped[int]
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)


class Worker(Base):
    """A worker that was alive at ``seen_at``, what it serves, and what it was judging then."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    queues: Mapped[list[str]] = mapped_column(JSON)
    threads: Mapped[int]
    torch: Mapped[str] = mapped_column(String(40))
    devices: Mapped[list[str]] = mapped_column(JSON)
    doing: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    # The release that the course was loaded for, where it has another one and so judges nothing.
    needs_torch: Mapped[str | None] = mapped_column(String(40))
    started_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock())
    seen_at: Mapped[datetime] = mapped_column(Moment, insert_default=clock(), index=True)
