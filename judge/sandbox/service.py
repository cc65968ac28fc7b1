"""The sandbox as the rest of the program sees it: give it a job, get what was seen. Fails closed."""

from __future__ import annotations

import json
import re
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from judge.errors import SandboxError
from judge.sandbox.job import Job
from judge.sandbox.selftest import attack
from judge.sandbox.session import Session, SessionResult
from judge.sandbox.zygote import Zygote

MODULE_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_MAX_MODULES = 5000


class Sandbox:
    """One zygote, restarted when it dies, taught what to preload by every author's run."""

    def __init__(self, *, ready: int = 2, memory: Path | None = None) -> None:
        """Start nothing yet.

        Args:
            ready: children that wait ahead of time.
            memory: a file to remember the preloaded modules in, from one start to the next.
        """
        self._ready = ready
        self._memory = memory
        self._modules: set[str] = set(_remembered(memory))
        self._zygote: Zygote | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self.zygote()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
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
        try:
            zygote.preload(sorted(self._modules))
            self._learn(zygote, attack(zygote))
            zygote.keep_ready(self._ready)
        except BaseException:
            zygote.stop()
            raise
        return zygote

    def run(self, job: Job) -> SessionResult:
        """Run a job to its end.

        Raises:
            SandboxError: twice in a row the sandbox itself failed.
        """
        try:
            result = Session(self.zygote(), job).run()
        except SandboxError:
            # A killed zygote costs whoever was waiting a second, not a verdict.
            result = Session(self.zygote(), job).run()
        if job.author:
            self._learn(self.zygote(), result.modules)
        return result

    def _learn(self, zygote: Zygote, modules: tuple[str, ...]) -> None:
        """Have later children find imported what this one had to import."""
        new = {name for name in modules[:_MAX_MODULES] if MODULE_NAME.fullmatch(name)} - self._modules
        if not new:
            return
        failed = set(zygote.preload(sorted(new)))
        self._modules |= new
        if self._memory is not None:
            # Only a gain: a full or read-only disk must not keep anybody from judging.
            with suppress(OSError):
                self._memory.parent.mkdir(parents=True, exist_ok=True)
                self._memory.write_text(json.dumps(sorted(self._modules - failed)))

    def stop(self) -> None:
        """End the zygote and all its children."""
        with self._lock:
            if self._zygote is not None:
                self._zygote.stop()
                self._zygote = None


def _remembered(memory: Path | None) -> list[str]:
    if memory is None:
        return []
    try:
        names = json.loads(memory.read_text())
    except (OSError, ValueError):
        return []
    if not isinstance(names, list):
        return []
    return [name for name in names[:_MAX_MODULES] if isinstance(name, str) and MODULE_NAME.fullmatch(name)]
