"""Clocks and memory of a child, all read from outside it."""

from __future__ import annotations

import os
import time

_CPUCLOCK_SCHED = 2
_STATUS_BYTES = 1 << 14
CORES = os.cpu_count() or 1


class Meter:
    """CPU and wall seconds of one child since it was last asked to do something."""

    def __init__(self, pid: int) -> None:
        # The kernel's own coding of "the CPU clock of process pid": clock_getcpuclockid makes it.
        self._clock = (~pid << 3) | _CPUCLOCK_SCHED
        self._last = 0.0
        self._pid = pid
        self._cpu = self.cpu_s()
        self._wall = time.monotonic()

    def cpu_s(self) -> float:
        """CPU seconds of all its threads since the child was cloned; the last known if gone."""
        try:  # noqa: SIM105  hot path
            self._last = time.clock_gettime(self._clock)
        except OSError:
            pass
        return self._last

    def restart(self) -> tuple[float, float]:
        """Return (CPU seconds, wall seconds) since the last restart."""
        cpu, wall = self.cpu_s(), time.monotonic()
        used = (cpu - self._cpu, wall - self._wall)
        self._cpu, self._wall = cpu, wall
        return used

    def used(self) -> tuple[float, float]:
        """Return (CPU seconds, wall seconds) since the last restart, and go on counting."""
        return self.cpu_s() - self._cpu, time.monotonic() - self._wall

    def peak_bytes(self) -> int:
        """Return the most memory that was resident at once so far; 0 if the child is gone."""
        try:
            with open(f"/proc/{self._pid}/status", "rb", buffering=0) as stream:  # noqa: PTH123  hot path
                _, _, behind = stream.read(_STATUS_BYTES).partition(b"VmHWM:")
        except OSError:
            behind = b""
        return int(behind.split(maxsplit=1)[0]) * 1024 if behind else 0


def memory_of(pid: int) -> tuple[int, int]:
    """Return a process's address space and resident memory, in bytes."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as stream:  # noqa: PTH123  hot path
        virtual, resident = stream.read().split()[:2]
    page = os.sysconf("SC_PAGE_SIZE")
    return int(virtual) * page, int(resident) * page
