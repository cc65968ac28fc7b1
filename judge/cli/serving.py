"""Start the site and a worker, keep them running, and end everything that was started."""

from __future__ import annotations

import ctypes
import fcntl
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from judge.cli.folders import make_folder
from judge.errors import SandboxError, UsageError

READY_LIMIT_S = 120.0
"""Importing torch from a cold disk has been seen to take 20 s."""
_GRACE_S = 15.0
_POLL_S = 0.1
_MOST_RESTARTS = 5
_CALM_S = 60.0
"""A part that has lived so long may be restarted as if it had never failed."""
_CONFIGURED_WRONGLY = 2
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None)
_log = logging.getLogger(__name__)


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that no second start works on the same data.

    Raises:
        UsageError: somebody holds it, or the folder can't be had.
    """
    make_folder(folder)
    path = folder / "serve.lock"
    with path.open("a+") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            stream.seek(0)
            holder = stream.read().strip() or "?"
            raise UsageError(
                f"the judge is running already on the data in {folder} (process {holder}): "
                "stop it first, or set JUDGE_DATA_DIR to another folder"
            ) from exc
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


def insist_on_port(
    host: str, port: int, *, what: str = "the site", setting: str = "JUDGE_PORT"
) -> None:
    """Insist that a port can be had.

    Raises:
        UsageError: it is taken, or not ours to take.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as exc:
            raise UsageError(
                f"{what} can't listen on {host}:{port}: {exc.strerror}. Set {setting} to "
                f"another port, or end what listens there (`ss -ltnp 'sport = :{port}'` names it)"
            ) from exc


@dataclass
class Part:
    """One process that is kept running."""

    name: str
    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = field(default=0.0)

    def start(self, *, held: bool = False) -> None:
        """Start it, to die with us even if we are killed.

        Args:
            held: it is one that waits for the end of its input; ``release`` ends that.
        """
        self.process = subprocess.Popen(
            [sys.executable, *self.arguments],
            stdin=subprocess.PIPE if held else subprocess.DEVNULL,
            # Ctrl-C reaches us alone: we end the parts in order.
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  this process has one thread
        )
        self.started = time.monotonic()

    def release(self) -> None:
        """Let it go on that was started ``held``."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    @property
    def code(self) -> int | None:
        """How it ended, or None while it lives."""
        return None if self.process is None else self.process.poll()


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Runs the parts until a signal comes or one can't be kept running."""

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self.stopping:
            # Asked twice: no more waiting for judgings to end.
            for part in self.parts:
                _signal(part, signal.SIGKILL)
        self.stopping = True

    def wait_until_ready(self, url: str) -> None:
        """Wait until the site answers and a worker is there.

        Raises:
            SandboxError: a part ended, or it takes too long.
        """
        end = time.monotonic() + READY_LIMIT_S
        while not self.stopping:
            for part in self.parts:
                if part.code is not None:
                    raise SandboxError(
                        f"the {part.name} ended with exit code {part.code} as it started; "
                        "its words are above"
                    )
            if _is_ready(url):
                return
            if time.monotonic() > end:
                raise SandboxError(f"not ready after {READY_LIMIT_S:.0f} s; its words are above")
            time.sleep(_POLL_S)

    def run(self) -> None:
        """Keep every part running until a signal comes.

        Raises:
            SandboxError: a part ends again and again.
        """
        while not self.stopping:
            for part in self.parts:
                if part.code is not None:
                    self._restart(part)
            time.sleep(_POLL_S)

    def _restart(self, part: Part) -> None:
        now = time.monotonic()
        if not part.again_at:
            part.failures = 1 if now - part.started > _CALM_S else part.failures + 1
            if part.failures > _MOST_RESTARTS or part.code == _CONFIGURED_WRONGLY:
                raise SandboxError(
                    f"the {part.name} ended with exit code {part.code}, "
                    f"{part.failures} times in a row; its words are above"
                )
            part.again_at = now + 2 ** (part.failures - 1) * 0.5
            said = {"part": part.name, "status": part.code}
            _log.warning("the %s ended; it is started again", part.name, extra=said)
        if now >= part.again_at:
            part.again_at = 0.0
            part.start()

    def end(self) -> None:
        """End every part: softly, then by force."""
        for part in self.parts:
            _signal(part, signal.SIGTERM)
        end = time.monotonic() + _GRACE_S
        for part in self.parts:
            if part.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    part.process.wait(max(0.1, end - time.monotonic()))
                _signal(part, signal.SIGKILL)
                part.process.wait()


def _signal(part: Part, number: int) -> None:
    if part.process is not None and part.process.poll() is None:
        with suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(part.process.pid, number)
            else:
                part.process.send_signal(number)


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310  our own
            return b'"workers":0' not in answer.read().replace(b" ", b"")
    except (urllib.error.URLError, OSError):
        return False
