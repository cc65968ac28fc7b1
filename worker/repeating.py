"""Say what repeats once in a while: a broker that is away would fill the logs."""

from __future__ import annotations

import logging
import time

_PAUSE_S = 30.0
_CONSUMER = "celery.worker.consumer.consumer"


class OnceInAWhile(logging.Filter):
    """Lets each kind of message through once in so many seconds, and never with a traceback."""

    def __init__(self, pause_s: float = _PAUSE_S) -> None:
        super().__init__()
        self._pause_s = pause_s
        self._again_at: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a message is to be written."""
        now = time.monotonic()
        if now < self._again_at.get(str(record.msg), 0.0):
            return False
        self._again_at[str(record.msg)] = now + self._pause_s
        record.exc_info = None
        return True


def install() -> None:
    """Have Celery's consumer, which tries a broker that is away again and again, say so rarely."""
    logging.getLogger(_CONSUMER).addFilter(OnceInAWhile())
