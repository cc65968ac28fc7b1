"""Talk to one child until it is done, dead, or over a limit; believe nothing, wait briefly."""

from __future__ import annotations

import contextlib
import os
import select
from collections import deque
from typing import NamedTuple

from judge.domain.observation import Usage
from judge.domain.verdict import Ending
from judge.sandbox.children import Child
from judge.sandbox.meter import CORES, Meter
from judge.sandbox.protocol import (
    COTANGENT,
    HEADER,
    LENGTH,
    MAX_DONE_BYTES,
    MAX_FRAME_BYTES,
    MAX_RUN_BYTES,
    MAX_SMALL_FRAME_BYTES,
    FrameKind,
)

MAX_OUTPUT_BYTES = 256 << 10
"""What one call may print, on each of stdout and stderr."""
_CHUNK_BYTES = 1 << 18
_LARGEST = {
    FrameKind.FORWARD: MAX_FRAME_BYTES,
    FrameKind.GRADIENT: MAX_FRAME_BYTES,
    FrameKind.DONE: MAX_DONE_BYTES,
}
_KINDS = {int(kind): kind for kind in FrameKind}
_PIPE_BYTES = 1 << 16
_NO_WAIT = 0.0
_SHORTEST_S, _LONGEST_S = 0.004, 0.05
"""How often a child that does not ring is looked after: more rarely the longer it is silent.

Its CPU time is measured that exactly, always in its favour.
"""
_JOB_WAIT_S = 10.0

WALL_FACTOR = 3.0
WALL_EXTRA_S = 1.0
"""Wall time only has to tell a hang from a busy machine, so it may be a good deal longer."""


class FrameIn(NamedTuple):
    """One frame, with what was printed before it and what the step up to it used."""

    kind: FrameKind
    data: bytes
    output: bytes
    errors: bytes
    usage: Usage


class Stopped(Exception):
    """The child said its last word before it should have."""

    def __init__(
        self, ending: Ending, *, output: bytes, errors: bytes, usage: Usage, why: str = ""
    ) -> None:
        super().__init__(why or ending.value)
        self.ending, self.output, self.errors, self.usage, self.why = (
            ending,
            output,
            errors,
            usage,
            why,
        )


class Conversation:
    """The worker's side of one child's channel, its outputs and its clocks."""

    def __init__(self, child: Child, *, marker: bytes) -> None:
        """Take over a ready child, which ends what it prints before each frame with ``marker``."""
        self.child = child
        self._marker = marker
        self._rest, self._bell = select.poll(), select.poll()
        self._rest.register(child.channel.fileno(), select.POLLIN)
        self._bell.register(child.bell, select.POLLIN)
        self._bell.register(child.channel.fileno(), 0)  # only its end
        self._pause_s = _SHORTEST_S
        self._frames: deque[tuple[FrameKind, bytes, Usage]] = deque()
        self._open = [child.out, child.err]
        self._buffer = bytearray()
        self._received = 0
        self._out, self._err = bytearray(), bytearray()
        self._printed = {child.out: self._out, child.err: self._err}
        self.meter = Meter(child.pid)

    def send_job(self, job: bytes) -> None:
        """Hand over the job; a child that reads nothing is as good as dead."""
        self.child.channel.settimeout(_JOB_WAIT_S)
        try:
            self.child.channel.sendall(LENGTH.pack(len(job)) + job)
        except OSError as exc:
            raise self._stopped(Ending.DIED, "garbled") from exc
        self.child.channel.settimeout(_NO_WAIT)
        self.meter.restart()

    @property
    def arrived(self) -> int:
        """How many whole frames are here that nobody has received."""
        return len(self._frames)

    def send_cotangents(self, seeds: list[int]) -> None:
        """Give away the cotangents' seeds, in the order of their runs.

        A child that has gone, or wants none, is found out when it says nothing more.
        """
        with contextlib.suppress(OSError):
            self.child.channel.sendall(b"".join(COTANGENT.pack(seed) for seed in seeds))

    def receive(self, *, cpu_limit_s: float) -> FrameIn:
        """Wait for the next frame.

        Args:
            cpu_limit_s: CPU seconds that the step up to it may use; wall seconds follow from it.

        Raises:
            Stopped: a limit was passed, or the child died, or what came is no frame.
        """
        while True:
            if self._frames:
                return self._with_printed(*self._frames.popleft())
            received = self._read_channel()
            if self._buffer and self._find_frames():
                continue
            if received is None:
                raise self._stopped(Ending.DIED, "closed")
            printed = self._read_outputs()
            if any(len(printed) > MAX_OUTPUT_BYTES for printed in self._printed.values()):
                raise self._stopped(Ending.TOO_MUCH_OUTPUT)
            if received or printed:
                self._pause_s = _SHORTEST_S
            self._wait(cpu_limit_s, idle=not received)

    def _wait(self, cpu_limit_s: float, *, idle: bool) -> None:
        """Insist on the limits; then sleep until something comes, unless something just did."""
        cpu, wall = self.meter.used()
        wall_limit = cpu_limit_s * WALL_FACTOR + WALL_EXTRA_S
        if cpu > cpu_limit_s or wall > wall_limit:
            raise self._stopped(Ending.TIMED_OUT, "cpu" if cpu > cpu_limit_s else "wall")
        if not idle:
            return
        # CPU time can't pass faster than all cores together: sleeping so long misses nothing.
        pause = max(0.002, min((cpu_limit_s - cpu) / CORES, wall_limit - wall))
        if self._buffer:
            self._rest.poll(pause * 1000)
            return
        self._bell.poll(min(pause, self._pause_s) * 1000)
        self._pause_s = min(2 * self._pause_s, _LONGEST_S)
        with contextlib.suppress(OSError):
            os.eventfd_read(self.child.bell)

    def _read_channel(self) -> int | None:
        """Read what has come; return how many bytes, None at the end."""
        try:
            part = self.child.channel.recv(_CHUNK_BYTES)
        except BlockingIOError:
            return 0
        except OSError:
            return None
        self._buffer += part
        self._received += len(part)
        if self._received > MAX_RUN_BYTES:
            raise self._stopped(Ending.TOO_MUCH_OUTPUT)
        return len(part) or None

    def _read_outputs(self) -> int:
        """Read what was printed, up to the next frame at least; return how many bytes."""
        count = 0
        for fd in tuple(self._open):
            printed = self._printed[fd]
            while len(printed) <= MAX_OUTPUT_BYTES + _PIPE_BYTES:
                try:
                    part = os.read(fd, _PIPE_BYTES)
                except BlockingIOError:
                    break
                if not part:
                    self._open.remove(fd)
                    break
                printed.extend(part)
                count += len(part)
                if printed.endswith(self._marker):
                    # Up to the next frame there is nothing more to come.
                    break
        return count

    def _find_frames(self) -> int:
        """Take what frames are whole, with equal shares of what was used; return how many."""
        found: list[tuple[FrameKind, bytes]] = []
        at, here = 0, len(self._buffer)
        while here >= at + HEADER.size:
            kind, length = HEADER.unpack_from(self._buffer, at)
            start, end = at + HEADER.size, at + HEADER.size + length
            if kind not in _KINDS or length > _LARGEST.get(kind, MAX_SMALL_FRAME_BYTES):
                if not found:  # else those before it count
                    raise self._stopped(Ending.DIED, "garbled")
                break
            if here < end:
                break
            with memoryview(self._buffer) as view:
                found.append((_KINDS[kind], bytes(view[start:end])))
            at = end
        if found:
            del self._buffer[:at]
            cpu, wall = self.meter.restart()
            share = Usage(cpu / len(found), wall / len(found))
            self._frames.extend((kind, content, share) for kind, content in found)
        return len(found)

    def _with_printed(self, kind: FrameKind, data: bytes, usage: Usage) -> FrameIn:
        """Add what was printed before a frame."""
        if not (self._marker in self._out and self._marker in self._err):
            # The child wrote its markers before it sent the frame, so they are in the pipes by now.
            self._read_outputs()
        output, errors = self._take_printed()
        if max(len(output), len(errors)) > MAX_OUTPUT_BYTES:
            raise self._stopped(Ending.TOO_MUCH_OUTPUT)
        return FrameIn(kind, data, output, errors, usage)

    def _take_printed(self) -> tuple[bytes, bytes]:
        """Take what was printed up to the next marker, or all if there is none.

        A child that prints markers of its own, or closes its outputs, only mixes up what it printed
        itself.
        """
        return self._taken(self._out), self._taken(self._err)

    def _taken(self, printed: bytearray) -> bytes:
        end = printed.find(self._marker)
        if end == 0:
            del printed[: len(self._marker)]
            return b""
        if end < 0:
            end = len(printed)
        part = bytes(printed[:end])
        del printed[: end + len(self._marker)]
        return part

    def _usage(self) -> Usage:
        cpu, wall = self.meter.restart()
        return Usage(cpu_s=cpu, wall_s=wall)

    def _stopped(self, ending: Ending, why: str = "") -> Stopped:
        output, errors = self._take_printed()
        return Stopped(ending, output=output, errors=errors, usage=self._usage(), why=why)
