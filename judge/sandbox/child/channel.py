"""The child's end of its channel: frames out, lengths and bytes in."""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

from judge.sandbox.child import genuine
from judge.sandbox.child.encode import Encoder
from judge.sandbox.child.source import answer_frames
from judge.sandbox.protocol import COTANGENT, HEADER, LENGTH, FrameKind

MAX_CLASSES = 16
_UNHEARD = frozenset(
    {
        FrameKind.SOURCE,
        FrameKind.PREPARED,
        FrameKind.LOADED,
        FrameKind.FORWARD,
        FrameKind.GRADIENT,
    }
)
"""Frames that nobody waits for: there are more to come."""
_ROOM_BYTES = 1 << 16
"""So much may lie in the channel unread; it holds three times as much."""
_LEAST_BYTES = 2048
"""What the kernel counts for a small frame, at most."""
_ONE = (1).to_bytes(8, sys.byteorder)


class Channel:
    """One descriptor, both ways, and a bell that wakes the worker.

    A worker that woke up for each frame would do so on this core, and take it away.
    """

    def __init__(self, fd: int, bell: int) -> None:
        self.fd = fd
        self.bell = bell
        self.marker = b""
        self._unheard = 0

    def send(self, kind: FrameKind, payload: bytes | bytearray = b"") -> None:
        """Write one frame, and before it the end of what was printed up to here."""
        genuine.end_outputs(self.marker)
        data = memoryview(HEADER.pack(kind, len(payload)) + payload)
        self._unheard += max(len(data), _LEAST_BYTES)
        if self._unheard > _ROOM_BYTES:
            # With a part of it in hand the worker waits for the rest, and makes room.
            data = data[genuine.write(self.fd, data[: HEADER.size - 1]) :]
            self.ring()
        while data:
            data = data[genuine.write(self.fd, data) :]
        if kind not in _UNHEARD:
            self.ring()

    def ring(self) -> None:
        """Wake the worker."""
        self._unheard = 0
        with contextlib.suppress(OSError):  # full: it has not been heard for long, and will be
            genuine.write(self.bell, _ONE)

    def receive_job(self) -> dict[str, Any]:
        """Wait for the job. This is where a ready child spends its life."""
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size))
        job: dict[str, Any] = json.loads(self._exactly(length))
        self.marker = bytes.fromhex(job["marker"])
        return job

    def receive_cotangents(self, count: int) -> list[int]:
        """Wait for the seeds that the worker gives away once it holds all forward results."""
        self.ring()
        return [seed for (seed,) in COTANGENT.iter_unpack(self._exactly(count * COTANGENT.size))]

    def _exactly(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            part = genuine.read(self.fd, count - len(parts))
            if not part:
                # The worker has gone, or wants no more of this child.
                genuine.exit_now(0)
            parts += part
        return bytes(parts)


def write_raised(encoder: Encoder, error: BaseException) -> None:
    """Write an exception: its classes, nearest first, what it says, and its lines in the answer."""
    classes = [each.__name__ for each in type.mro(type(error))[:MAX_CLASSES] if each is not object]
    encoder.count(len(classes))
    for name in classes:
        encoder.text(name[:200])
    try:
        message = str(error)
    except BaseException:  # noqa: BLE001  a student's __str__ may do anything
        message = ""
    encoder.text(message[:4000])
    frames = answer_frames(error)
    encoder.count(len(frames))
    for line, function in frames:
        encoder.count(line)
        encoder.text(function[:200])
