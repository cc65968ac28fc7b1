"""Tell workers that something waits."""

from __future__ import annotations

import logging
import threading
import time

from celery import Celery

from judge.domain.lifecycle import Queue
from judge.messaging.app import REQUEST, TASK

_log = logging.getLogger(__name__)
_PAUSE_S = 5.0
"""After a failure: no page should wait for the same broker's time-out again."""


class Hints:
    """Sends hints. Safe for many threads; never raises, for a lost hint is only a delay."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._silent_until = 0.0

    def send(self, submission_id: int, queue: Queue, *, request: str = "") -> bool:
        """Give a hint, after the row is committed; tell whether the broker took it.

        Args:
            submission_id: what waits.
            queue: where.
            request: the id of the site's request that it came with, for the worker's log.
        """
        if time.monotonic() < self._silent_until:
            return False
        try:
            self._app.send_task(
                TASK,
                args=[submission_id],
                queue=queue.value,
                retry=False,
                headers={REQUEST: request} if request else None,
            )
        except Exception as exc:  # noqa: BLE001  whatever the transport raises: the sweeper is there
            with self._lock:
                self._silent_until = time.monotonic() + _PAUSE_S
            _log.warning(
                "broker away, waits for the sweeper: %s", exc, extra={"submission": submission_id}
            )
            return False
        return True
