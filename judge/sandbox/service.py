"""The sandbox as the rest of the program sees it: a job in, what was seen out. Fails closed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from judge.errors import SandboxError
from judge.sandbox.heard import NOTHING, Heard
from judge.sandbox.job import Job, RunId
from judge.sandbox.learning import Learning
from judge.sandbox.selftest import attack
from judge.sandbox.session import Session, SessionResult
from judge.sandbox.zygote import Zygote

_MAX_STARTS = 3


class Sandbox:
    """One zygote, restarted when it dies, taught what to preload by every author's run."""

    def __init__(self, *, ready: int = 2, memory: Path | None = None) -> None:
        """Start nothing yet.

        Args:
            ready: children that wait ahead of time.
            memory: a file to remember the preloaded modules in, from one start to the next.
        """
        self._ready = ready
        self._learning = Learning(memory)
        self._zygote: Zygote | None = None
        self._lock = threading.Lock()
        self.starts = 0
        """How many zygotes there have been."""

    @property
    def alive(self) -> bool:
        """Whether a zygote runs now; where it does not, the next job starts one."""
        zygote = self._zygote
        return zygote is not None and zygote.alive

    @property
    def children_ready(self) -> int:
        """How many children wait for a job now."""
        zygote = self._zygote
        return 0 if zygote is None else zygote.ready.qsize()

    def __enter__(self) -> Self:
        self.zygote()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def zygote(self) -> Zygote:
        """Return the running zygote; start and attack one first if there is none.

        Raises:
            SandboxError: it can't be started, or a wall is missing.
        """
        with self._lock:
            if self._zygote is None or not self._zygote.alive:
                if self._zygote is not None:
                    self._zygote.stop()
                self._zygote = self._started()
            return self._zygote

    def _started(self) -> Zygote:
        for _ in range(_MAX_STARTS):
            zygote = Zygote()
            self.starts += 1
            try:
                if self._learning.preload(zygote):
                    self._learning.learn(zygote, attack(zygote), trusted=True)
                    zygote.keep_ready(self._ready)
                if zygote.alive:
                    return zygote
            except BaseException:
                zygote.stop()
                raise
            zygote.stop()
        raise SandboxError(
            "the zygote can't import what it has learned to preload: delete the file that it is "
            "remembered in (judge doctor names it), then start again"
        )

    def run(self, job: Job, known: Mapping[RunId, Heard] = NOTHING) -> SessionResult:
        """Run a job to its end.

        Args:
            job: what to run.
            known: what the reference's runs sent, where that is at hand.

        Raises:
            SandboxError: twice in a row the sandbox itself failed.
        """
        try:
            result = Session(self.zygote(), job, known).run()
        except SandboxError:
            # A killed zygote costs whoever was waiting a second, not a verdict.
            result = Session(self.zygote(), job, known).run()
        if job.author:
            # What can't be learned is only slower; the next zygote starts without it.
            with suppress(SandboxError):
                self._learning.learn(self.zygote(), result.modules)
        return result

    def stop(self) -> None:
        """End the zygote and all its children."""
        with self._lock:
            if self._zygote is not None:
                self._zygote.stop()
                self._zygote = None
