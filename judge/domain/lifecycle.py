"""Who may do what, and which states a submission goes through."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a user may do; each role may do all that those before it may."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Tell whether this role is at least the other."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


class Kind(StrEnum):
    """A submission counts; a run is a trial on the visible cases, and free."""

    SUBMIT = "submit"
    RUN = "run"


class Queue(StrEnum):
    """Where a submission waits. Rejudging waits in ``bulk`` and never delays a student."""

    CPU = "cpu"
    GPU = "gpu"
    BULK = "bulk"


class State(StrEnum):
    """How far a submission has come."""

    QUEUED = "queued"
    RUNNING = "running"
    JUDGED = "judged"
    FAILED = "failed"
    """A ``judge_error``: our fault, costs nothing, can be tried again."""


NEXT: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.RUNNING}),
    State.RUNNING: frozenset({State.JUDGED, State.QUEUED, State.FAILED}),
    State.JUDGED: frozenset({State.QUEUED}),  # judged again
    State.FAILED: frozenset({State.QUEUED}),  # tried again
}
"""The legal changes of state."""

UNDER_WAY = (State.QUEUED, State.RUNNING)
