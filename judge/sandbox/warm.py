"""Start the sandbox while other things are done, and end it however the command ends."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from judge.sandbox.service import Sandbox


class WarmSandbox:
    """A sandbox that starts in a thread of its own, as soon as it is entered."""

    def __init__(self, *, memory: Path, ready: int = 1) -> None:
        """Start nothing yet; the arguments are ``Sandbox``'s."""
        self._sandbox = Sandbox(ready=ready, memory=memory)
        self._error: BaseException | None = None
        self._started = threading.Event()
        self._over = threading.Event()
        # A daemon: a command that fails early need not wait for a sandbox that it does not need.
        self._thread = threading.Thread(target=self._hold, name="sandbox", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._started.is_set():
            self._thread.join()

    def get(self) -> Sandbox:
        """Return the sandbox, once it has started.

        Raises:
            SandboxError: it can't be started, or a wall is missing.
        """
        self._started.wait()
        if self._error is not None:
            raise self._error
        return self._sandbox

    def _hold(self) -> None:
        try:
            self._sandbox.zygote()
        except BaseException as exc:  # noqa: BLE001  handed to whoever waits
            self._error = exc
        self._started.set()
        self._over.wait()
        self._sandbox.stop()
