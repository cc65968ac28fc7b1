"""Wake workers up: the broker carries ids, may lose or repeat them, and is never believed."""

from judge.messaging.app import REQUEST, TASK, make_app
from judge.messaging.hints import Hints

__all__ = ["REQUEST", "TASK", "Hints", "make_app"]
