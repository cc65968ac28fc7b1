"""A named pipe beside the messages: who waits for one is woken up, and need not look so often."""

from __future__ import annotations

import os
import select
import time
from contextlib import suppress
from pathlib import Path

LOST_S = 0.05
"""Where several workers wait, one may take what another was rung for: they look so often anyway."""
_WITHOUT_S = 0.01
"""How often to look where there can be no pipe."""
_MOST_BYTES = 1 << 16
"""What a pipe holds on Linux."""


class Bell:
    """Rung by whoever has put a message, waited for by whoever takes them. Not for threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: int | None = None

    def ring(self) -> None:
        """Wake up who waits; where nobody does, nothing happens."""
        with suppress(OSError):  # no pipe, nobody at its other end, or rung often enough already
            fd = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK)
            try:
                os.write(fd, b"\0")
            finally:
                os.close(fd)

    def wait(self, most_s: float | None = None) -> None:
        """Wait until it is rung, or for a while: what is there has to be looked for either way.

        Args:
            most_s: no longer than so many seconds.
        """
        limit_s = LOST_S if most_s is None else min(LOST_S, most_s)
        fd = self._opened()
        if fd is None:
            time.sleep(min(limit_s, _WITHOUT_S))
            return
        rung = select.poll()
        rung.register(fd, select.POLLIN)
        if rung.poll(limit_s * 1000):
            with suppress(BlockingIOError):  # another worker was faster
                os.read(fd, _MOST_BYTES)

    def close(self) -> None:
        """Leave the pipe to others."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _opened(self) -> int | None:
        if self._fd is None:
            with suppress(OSError):  # a file system that knows no pipes, or a disk that is full
                with suppress(FileExistsError):
                    os.mkfifo(self._path, 0o600)
                # For writing too: else it would count as rung whenever nobody else has it open.
                self._fd = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
        return self._fd
