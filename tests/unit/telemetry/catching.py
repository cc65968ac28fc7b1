"""Catch logs as the lines that they are, and put the process's logging back afterwards."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from judge.telemetry import logs
from judge.telemetry.following import forget

SECRET = "hunter2-hunter2"


class Caught(io.StringIO):
    """What was logged."""

    def objects(self) -> list[dict[str, Any]]:
        """Return each line; one that is no JSON object fails the test."""
        return [json.loads(line) for line in self.getvalue().splitlines()]


@contextmanager
def restoring() -> Iterator[None]:
    """Put back what ``configure`` changes."""
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    hooks = (sys.excepthook, threading.excepthook, warnings.showwarning)
    try:
        yield
    finally:
        root.handlers[:], root.level = before[0], before[1]
        sys.excepthook, threading.excepthook, warnings.showwarning = hooks
        forget()


@contextmanager
def catching(level: logs.Level = "info") -> Iterator[Caught]:
    """Catch JSON logs of a process whose secret is ``SECRET``."""
    stream = Caught()
    with restoring():
        logs.configure("tests", style="json", level=level, secrets=[SECRET], stream=stream)
        yield stream
