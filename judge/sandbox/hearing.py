"""Make an observation of what one run says: its call, then its gradients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from judge.domain.observation import Observation, Raised, Usage
from judge.sandbox.conversation import FrameIn
from judge.sandbox.endings import judged_memory
from judge.sandbox.frames import (
    Head,
    forward_head,
    gradient_head,
    read_forward,
    read_gradient,
)
from judge.sandbox.heard import UNHEARD
from judge.sandbox.job import RunSpec, Simulation
from judge.sandbox.protocol import Status
from judge.sandbox.recorded import Recorded, Source

_RAISED = int(Status.RAISED)
_SAID_WHOLE = (0, int(Status.UNCHANGED))
"""Returned, and everything was looked into."""


class Hearing:
    """One run of one child. Every method raises Garbled where what was said is no message.

    What is said as the reference said it is not read; nor is what an author's run says, until
    somebody asks.
    """

    def __init__(
        self, order: int, run: RunSpec, *, known: Observation | None, author: bool, lines: int
    ) -> None:
        """Listen to a run.

        Args:
            order: its place in the job.
            run: what it was told to do.
            known: what the reference did in the same run, if that is at hand.
            author: whether it runs an author's code.
            lines: how many lines the answer has.
        """
        self.run = run
        self._order = order
        self._author = author
        self._lines = lines
        origin = None if known is None else known.origin
        self._known = origin if isinstance(origin, Source) else None
        self._gradient: FrameIn | None = None
        self._seen: Observation | None = None

    def call(self, frame: FrameIn) -> None:
        """Take in what came of the call."""
        head = forward_head(frame.data, order=self._order)
        self._forward = frame
        self.goes_on = self.run.call.wants_gradients and not head.status & _RAISED
        if not self._is_left(head, None if self._known is None else self._known.says):
            self._read_call()

    def slope(self, frame: FrameIn) -> None:
        """Take in what came of the backward pass."""
        head = gradient_head(frame.data, order=self._order)
        self._gradient = frame
        known = None if self._known is None else self._known.says_of_gradients
        if self._seen is None and not self._is_left(head, known):
            self._read_call()
        if self._seen is not None:
            self._read_gradient(frame)

    def _is_left(self, head: Head, is_known: Callable[[bytes], bool] | None) -> bool:
        """Tell whether a frame need not be read."""
        if head.status not in _SAID_WHOLE:
            return False
        return self._author or (is_known is not None and is_known(head.body))

    def _read_call(self) -> None:
        frame = self._forward
        seen = read_forward(
            frame.data,
            order=self._order,
            simulated=self._simulated,
            printed=(frame.output, frame.errors),
            heard=UNHEARD if self._known is None else self._known.read()[1],
        )
        if seen.raised is not None:
            seen = replace(seen, raised=self._in_the_answer(seen.raised))
        self._seen = judged_memory(seen)

    @property
    def _simulated(self) -> bool:
        return self.run.id.simulation is not Simulation.NONE

    def _in_the_answer(self, raised: Raised) -> Raised:
        """Leave out lines that the answer does not have: a made-up code object may claim any."""
        frames = tuple(frame for frame in raised.frames if 1 <= frame.line <= self._lines)
        return replace(raised, frames=frames)

    def _read_gradient(self, frame: FrameIn) -> None:
        assert self._seen is not None  # noqa: S101  the caller's condition
        heard = UNHEARD if self._known is None else self._known.read()[1]
        found = read_gradient(frame.data, order=self._order, heard=heard)
        if isinstance(found, Raised):
            self._seen = replace(self._seen, gradient_error=found)
        else:
            self._seen = replace(self._seen, gradients=found)

    def observation(self, *, peak_bytes: int) -> Observation:
        """Return what was seen; ``peak_bytes`` is the most memory that its process had so far."""
        used = [self._forward.usage] + ([self._gradient.usage] if self._gradient else [])
        usage = Usage(
            sum(each.cpu_s for each in used), sum(each.wall_s for each in used), peak_bytes
        )
        if self._seen is not None:
            return replace(self._seen, usage=usage)
        source = self._known
        if self._author or source is None:
            gradient = None if self._gradient is None else self._gradient.data
            source = Source(
                self._forward.data, gradient, order=self._order, simulated=self._simulated
            )
        printed = self._forward.output, self._forward.errors
        return Recorded.of(source, printed=printed, usage=usage)
