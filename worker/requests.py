"""Which request of the site a submission came with, as its hint said; only for the logs."""

from __future__ import annotations

import threading
from collections import OrderedDict

_KEPT = 2000


class Requests:
    """Remembers the latest. Safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: OrderedDict[int, str] = OrderedDict()

    def note(self, submission_id: int, request: str) -> None:
        """Remember: whoever claims it, maybe another thread, will say so."""
        with self._lock:
            self._ids[submission_id] = request
            if len(self._ids) > _KEPT:
                self._ids.popitem(last=False)

    def of(self, submission_id: int) -> str | None:
        """Return the request's id, once; None where its hint has not come, or to others."""
        with self._lock:
            return self._ids.pop(submission_id, None)
