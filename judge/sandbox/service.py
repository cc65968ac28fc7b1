"""The sandbox as the rest of the program sees it: a job in, what was seen out. Fails closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from judge.domain.observation import Observation
from judge.errors import SandboxError
from judge.sandbox.job import Job, RunId
from judge.sandbox.learning import Learning
from judge.sandbox.selftest import attack, simulate
from judge.sandbox.session import NOTHING, Session, SessionResult
from judge.sandbox.zygote import Zygote

_COMPILER = "torch._dynamo"
"""What torch imports, with 800 modules more, for its first tensor on a simulated device.

Learned from a child like others, they would be imported twice at a machine's first start.
"""
_MAX_STARTS = 3
_QUIET_S = 5.0
"""So long nobody has come before a new zygote imports: whoever comes meanwhile has to wait."""


class Sandbox:
    """One zygote, restarted when it dies, taught what to preload by every author's run.

    It is ready with torch alone, which is all that nine problems of ten need. What else is known to
    be needed, 800 modules of torch's compiler for simulated devices and for optimizers, it imports
    while nobody judges, or once somebody needs some of it.
    """

    def __init__(self, *, ready: int = 2, memory: Path | None = None) -> None:
        """Start nothing yet.

        Args:
            ready: children that wait ahead of time.
            memory: a file to remember the preloaded modules in, from one start to the next.
        """
        self._ready = ready
        self._memory = memory
        self._learning = Learning(memory, known=(_COMPILER,))
        self._completed: Zygote | None = None
        self._drilled: tuple[str, ...] = ()
        self._zygote: Zygote | None = None
        self._lock = threading.Lock()
        self._completing = threading.Lock()
        self._jobs = 0
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
        zygote = Zygote()
        self.starts += 1
        try:
            self._drilled = attack(zygote)
        except BaseException:
            zygote.stop()
            raise
        zygote.keep_ready(self._ready)
        self._complete_later(zygote)
        return zygote

    def complete(self) -> Zygote:
        """Return the running zygote once it holds all that is known to be needed.

        Raises:
            SandboxError: it can't be started, or not get so far.
        """
        for _ in range(_MAX_STARTS):
            zygote = self.zygote()
            if self._complete(zygote):
                return zygote
        forget = "" if self._memory is None else f"delete {self._memory}, then "
        raise SandboxError(
            f"the zygote can't import what it has learned to preload: {forget}start again"
        )

    def _complete(self, zygote: Zygote) -> bool:
        """Have it import what is known; tell whether it is of use then, else it is stopped."""
        with self._completing:
            if self._completed is zygote or not zygote.alive:
                return zygote.alive
            if not self._learning.preload(zygote):
                zygote.stop()
                return False
            own = (*self._drilled, *simulate(zygote))
            self._learning.learn(zygote, own, trusted=True)
            self._completed = zygote
            return zygote.alive

    def _complete_later(self, zygote: Zygote) -> None:
        def wait_and_complete() -> None:
            # Between two of ten submissions a second it is idle too, and not for long.
            jobs = -1
            while zygote.alive and not (zygote.idle and jobs == self._jobs):
                jobs = self._jobs
                time.sleep(_QUIET_S)
            # Whoever needs it will try again, and be told.
            with suppress(SandboxError):
                self._complete(zygote)

        threading.Thread(target=wait_and_complete, name="completing", daemon=True).start()

    def run(self, job: Job, known: Mapping[RunId, Observation] = NOTHING) -> SessionResult:
        """Run a job to its end.

        Args:
            job: what to run.
            known: what the reference did in the same runs, where that is at hand.

        Raises:
            SandboxError: twice in a row the sandbox itself failed.
        """
        self._jobs += 1
        early = self._is_early()
        result = self._run(job, known)
        if result.over_limit and (early or self._is_early()):
            # It may have imported what it should have found: that is our time, not an answer's.
            self.complete()
            result = self._run(job, known)
        if job.author and result.modules:
            # What can't be learned is only slower; the next zygote starts without it.
            with suppress(SandboxError):
                self._learning.learn(self.complete(), result.modules)
        return result

    def _run(self, job: Job, known: Mapping[RunId, Observation]) -> SessionResult:
        try:
            return Session(self._zygote_for(job), job, known).run()
        except SandboxError:
            # A killed zygote costs whoever was waiting a second, not a verdict.
            return Session(self._zygote_for(job), job, known).run()

    def _is_early(self) -> bool:
        return self._completed is not self._zygote

    def _zygote_for(self, job: Job) -> Zygote:
        return self.complete() if job.simulates else self.zygote()

    def stop(self) -> None:
        """End the zygote and all its children."""
        with self._lock:
            if self._zygote is not None:
                self._zygote.stop()
                self._zygote = None
