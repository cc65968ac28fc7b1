"""A ready child as the worker holds it, and how it ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from concurrent.futures import Future
from dataclasses import dataclass, field

from judge.errors import SandboxError


@dataclass(frozen=True, slots=True)
class Death:
    """How a child ended: the signal that killed it (0: none), or the code that it exited with."""

    signal: int
    code: int | None
    cpu_s: float = 0.0
    peak_bytes: int = 0


@dataclass(slots=True)
class Child:
    """A confined child that waits for one job. ``pid`` is the host's number for it."""

    channel: socket.socket
    out: int
    err: int
    bell: int
    pidfd: int
    pid: int
    inner_pid: int
    clone_s: float
    death: Future[Death] = field(default_factory=Future)

    def kill(self) -> None:
        """End it at once, and all it started."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def close(self) -> None:
        """Let go of its descriptors."""
        self.channel.close()
        for fd in (self.out, self.err, self.bell, self.pidfd):
            os.close(fd)


def pid_of(pidfd: int) -> int:
    """Return the number of the process that a pidfd stands for.

    Raises:
        SandboxError: the kernel is too old to say.
    """
    with open(f"/proc/self/fdinfo/{pidfd}", encoding="ascii") as stream:  # noqa: PTH123  hot path
        for line in stream:
            if line.startswith("Pid:"):
                return int(line.split()[1])
    raise SandboxError("the kernel does not tell a pidfd's process: Linux 5.4 or later is needed")
