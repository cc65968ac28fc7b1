"""One answer from first byte to last observation, over as many children as it takes."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from judge.domain.observation import Observation, Raised
from judge.domain.verdict import Ending
from judge.errors import SandboxError
from judge.sandbox.children import Child
from judge.sandbox.conversation import Conversation, FrameIn, Stopped
from judge.sandbox.endings import cause_of
from judge.sandbox.frames import (
    Fault,
    Stop,
    StopKind,
    read_fault,
    read_loaded,
    read_source,
)
from judge.sandbox.hearing import Hearing
from judge.sandbox.job import Job, RunId, RunSpec, encode_job
from judge.sandbox.protocol import FrameKind
from judge.sandbox.reader import Garbled, Reader
from judge.sandbox.zygote import Zygote

AUTHOR_LIMIT_S = 10.0
"""CPU seconds for making all inputs of a job."""
MAX_TIMEOUTS = 3
"""After so many the remaining cases are left out: a student would wait for each."""
NOTHING: Mapping[RunId, Observation] = {}
"""What is known where the reference is not at hand."""
STAGES = ("source", "inputs", "load", "call", "bytes", "backward")
"""What a child times itself; only for figures, never for a verdict or a student."""
_MARKER_BYTES = 16
_DEATH_WAIT_S = 10.0
_CPU_BACKSTOP_S = 5

_T = TypeVar("_T")


@dataclass
class SessionResult:
    """What came of a job. ``observations`` lacks the runs that were left out.

    ``stop`` says why none could be run, ``fault`` that the author's inputs could not be made.
    ``stages_s`` are the child's own times, in seconds; ``modules`` what it imported.
    """

    observations: dict[RunId, Observation] = field(default_factory=dict)
    stop: Stop | None = None
    fault: Fault | None = None
    output: bytes = b""
    modules: tuple[str, ...] = ()
    stages_s: dict[str, float] = field(default_factory=dict)
    children: int = 0
    uses: frozenset[str] = frozenset()
    """Which of the required names the answer's text uses."""

    @property
    def over_limit(self) -> bool:
        """Whether some run, or loading the answer, took too much time or memory."""
        over = {Ending.TIMED_OUT, Ending.OUT_OF_MEMORY}
        loading = None if self.stop is None else self.stop.observation
        return any(each and each.ending in over for each in (loading, *self.observations.values()))


class Session:
    """Drives a job through children of one zygote."""

    def __init__(
        self, zygote: Zygote, job: Job, known: Mapping[RunId, Observation] = NOTHING
    ) -> None:
        """Start nothing yet; ``known``: what the reference did in the same runs."""
        self.zygote = zygote
        self.job = job
        self._known = known
        self.result = SessionResult()
        self._current: RunSpec | None = None
        self._preparing = False
        self._complete: set[RunId] = set()
        self._hearings: list[Hearing] = []
        self._stages: dict[str, float] = {}
        self._talk: Conversation

    def run(self) -> SessionResult:
        """Judge all runs; after a death go on behind the run that caused it.

        Raises:
            SandboxError: the zygote died or can't clone; nothing is known about the answer.
        """
        todo = self.job.runs
        timeouts = 0
        while True:
            child = self.zygote.take()
            self.result.children += 1
            stopped: Stopped | None = None
            try:
                self._talk_through(child, todo)
            except Stopped as exc:
                stopped = exc
                child.kill()
            finally:
                self.zygote.bury(child)
            if stopped is None:
                return self.result
            self._put_together()
            ended = self._ended(stopped, child)
            if self._current is None:
                if self._preparing:
                    raised = Raised((ended.ending.value,), ended.death)
                    self.result.fault = Fault(-1, raised, ended)
                else:
                    self.result.stop = Stop(StopKind.ENDED, observation=ended)
                return self.result
            self.result.observations[self._current.id] = ended
            self._complete.add(self._current.id)
            timeouts += ended.ending is Ending.TIMED_OUT
            # Those whose gradients were still to come are run again whole.
            todo = tuple(run for run in todo if run.id not in self._complete)
            if not todo or timeouts >= MAX_TIMEOUTS:
                return self.result

    def _talk_through(self, child: Child, todo: tuple[RunSpec, ...]) -> None:
        self._marker = secrets.token_bytes(_MARKER_BYTES)
        self._talk = talk = Conversation(child, marker=self._marker)
        self._current = None
        self._hearings.clear()
        limit_s = self.job.limits.time_s
        ready = self._handed_over(todo)
        # It has met no answer yet, so these it may be believed.
        self._stages = {"clone": child.clone_s, **json.loads(ready.data)}
        source = self._parsed(read_source, self._expect(FrameKind.SOURCE, limit_s))
        stop = source if isinstance(source, Stop) else None
        if not isinstance(source, Stop):
            self.result.uses = source
            self._preparing = True
            frame = talk.receive(cpu_limit_s=AUTHOR_LIMIT_S)
            self._preparing = False
            if frame.kind is FrameKind.FAULT:
                self.result.fault = self._parsed(read_fault, frame)
                return
            if frame.kind is not FrameKind.PREPARED:
                raise self._garbled(frame)
            loaded = self._expect(FrameKind.LOADED, limit_s)
            self.result.output = loaded.output
            stop = self._parsed(read_loaded, loaded)
        if stop is not None:
            self.result.stop = stop
            return
        if self.job.bare:
            self._expect(FrameKind.DONE, limit_s * len(todo))
            return
        self._calls(todo)
        self._finish(self._expect(FrameKind.DONE, limit_s))

    def _handed_over(self, todo: tuple[RunSpec, ...]) -> FrameIn:
        """Give a ready child its job; return what it said of itself.

        Raises:
            SandboxError: it has ended, and had met nobody's code.
        """
        try:
            ready = self._expect(FrameKind.READY, AUTHOR_LIMIT_S)
            self._talk.send_job(self._encoded(todo))
        except Stopped as exc:
            raise SandboxError(f"a child died before it had its job: {exc}") from exc
        return ready

    def _calls(self, todo: tuple[RunSpec, ...]) -> None:
        """Take in all calls, give away their cotangents, and take in the gradients.

        What came of the calls is only looked into while the child is on its way back.
        """
        calls: list[tuple[RunSpec, FrameIn]] = []
        stopped = culprit = None
        kept = not self.job.author and any(run.call.wants_gradients for run in todo)
        try:
            for run in todo:
                self._current = run
                calls.append((run, self._expect(FrameKind.FORWARD, self.job.limits.time_s)))
                if kept and len(calls) + self._talk.arrived >= len(todo):
                    # Whatever it says of its calls, it has said.
                    self._talk.send_cotangents([each.cotangent for each in todo])
                    kept = False
        except Stopped as exc:
            stopped, culprit = exc, self._current
        lines = self.job.source.count("\n") + 1
        for order, (run, frame) in enumerate(calls):
            self._current = run
            hearing = Hearing(
                order, run, known=self._known.get(run.id), author=self.job.author, lines=lines
            )
            self._heard(hearing.call, frame)
            self._hearings.append(hearing)
        if stopped is not None:
            self._current = culprit
            raise stopped
        for hearing in self._hearings:
            self._current = hearing.run
            if hearing.goes_on:
                frame = self._expect(FrameKind.GRADIENT, self.job.limits.time_s)
                self._heard(hearing.slope, frame)
                hearing.goes_on = False

    def _heard(self, hear: Callable[[FrameIn], None], frame: FrameIn) -> None:
        try:
            hear(frame)
        except Garbled as exc:
            raise self._garbled(frame) from exc

    def _put_together(self, *, peak: int = 0) -> None:
        """Add to the result what was seen of the runs that are complete."""
        for hearing in self._hearings:
            if not hearing.goes_on:
                run_id = hearing.run.id
                self.result.observations[run_id] = hearing.observation(peak_bytes=peak)
                self._complete.add(run_id)

    def _finish(self, frame: FrameIn) -> None:
        peak = max(0, self._talk.meter.peak_bytes() - self.zygote.resident_bytes)
        self._put_together(peak=peak)
        try:
            done = Reader(frame.data).json_object()
            said = done.get("stages_s") or {}
            stages = {name: float(said[name]) for name in STAGES if name in said}
            self.result.stages_s = self._stages | stages
            self.result.modules = tuple(str(name) for name in done.get("modules") or ())
        except (Garbled, TypeError, ValueError, AttributeError, OverflowError):
            # Only times and names of modules are lost; every observation is in already.
            self.result.stages_s = {}

    def _encoded(self, todo: tuple[RunSpec, ...]) -> bytes:
        limits = self.job.limits
        seconds = limits.time_s * (len(todo) + 1) + AUTHOR_LIMIT_S + _CPU_BACKSTOP_S
        space = self.zygote.base_bytes + limits.memory_bytes
        return encode_job(
            self.job, todo, address_space_bytes=space, cpu_s=int(seconds), marker=self._marker
        )

    def _expect(self, kind: FrameKind, limit_s: float) -> FrameIn:
        frame = self._talk.receive(cpu_limit_s=limit_s)
        if frame.kind is not kind:
            raise self._garbled(frame)
        return frame

    def _parsed(self, read: Callable[[bytes], _T], frame: FrameIn) -> _T:
        try:
            return read(frame.data)
        except Garbled as exc:
            raise self._garbled(frame) from exc

    @staticmethod
    def _garbled(frame: FrameIn) -> Stopped:
        return Stopped(
            Ending.DIED, output=frame.output, errors=frame.errors, usage=frame.usage, why="garbled"
        )

    def _ended(self, stopped: Stopped, child: Child) -> Observation:
        """Say how a child that stopped early had ended.

        Raises:
            SandboxError: it died because its zygote did.
        """
        try:
            death = child.death.result(timeout=_DEATH_WAIT_S)
        except TimeoutError as exc:
            # It hangs, so nobody else should have to wait for it.
            self.zygote.stop()
            raise SandboxError("the zygote does not tell how a child ended") from exc
        ending, why = stopped.ending, stopped.why
        peak = max(0, death.peak_bytes - self.zygote.resident_bytes)
        if ending is Ending.DIED and why == "closed":
            ending, why = cause_of(death, peak_bytes=peak, limits=self.job.limits)
        usage = replace(stopped.usage, memory_bytes=peak)
        return Observation(
            ending=ending, output=stopped.output, errors=stopped.errors, usage=usage, death=why
        )
