"""Set up the logs of a process: everybody's words through one formatter, to standard error."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Collection
from types import TracebackType
from typing import Literal, TextIO

import structlog
from structlog.types import EventDict, Processor

from judge.telemetry.guarding import FIELDS, Guard, told

Style = Literal["text", "json"]
Level = Literal["debug", "info", "warning", "error"]

_QUIET = {
    "celery": logging.WARNING,
    "kombu": logging.WARNING,
    "kombu.connection": logging.ERROR,  # that a folder has no host name
    "amqp": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "alembic.runtime.plugins": logging.WARNING,
    "asyncio": logging.WARNING,
}
"""Talkative libraries, and from which level on they are heard."""
_MIGRATIONS = "alembic.runtime.migration"
_log = logging.getLogger(__name__)


def configure(
    service: str,
    *,
    style: Style = "text",
    level: Level = "info",
    secrets: Collection[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send every log of this process through one formatter.

    Args:
        service: which part of the judge this is: ``site``, ``worker``, ``serve``.
        style: ``json`` for one object a line, ``text`` for people.
        level: what is less important is left out.
        secrets: texts that are never to be seen.
        stream: where to; standard error if None.
    """
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines(service, style, Guard(secrets), colours=stream.isatty()))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    logging.getLogger(_MIGRATIONS).addFilter(_changes_something)
    # What ends in a traceback would print the exception's message, with whatever it quotes.
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    warnings.showwarning = _warned


def _changes_something(record: logging.LogRecord) -> bool:
    """Tell whether a migration is spoken of, and not the kind of database, at every start."""
    return str(record.msg).startswith("Running")


class Lines(logging.Formatter):
    """Words a record: who says it, how loudly, what, about what; each part clean."""

    def __init__(self, service: str, style: Style, guard: Guard, *, colours: bool) -> None:
        super().__init__()
        self._service = service
        self._guard = guard
        self._as_text = style == "text"
        self._stamp: Processor
        self._render: Processor
        if self._as_text:
            self._stamp = structlog.processors.TimeStamper(
                fmt="%Y-%m-%d %H:%M:%S", utc=False, key="time"
            )
            self._render = structlog.dev.ConsoleRenderer(
                colors=colours,
                pad_event_to=0,
                pad_level=False,
                timestamp_key="time",
                exception_formatter=structlog.dev.plain_traceback,
            )
        else:
            self._stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="time")
            self._render = structlog.processors.JSONRenderer(ensure_ascii=False)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. Not by structlog's own formatter: it copies each record twice."""
        event: EventDict = {
            "event": self._guard.said(record),
            "level": record.levelname.lower(),
            "service": self._service,
            "logger": record.name,
        }
        value = self._guard.value
        for name, bound in structlog.contextvars.get_contextvars().items():
            event[name] = value(bound)
        for name, given in record.__dict__.items():
            if name in FIELDS:
                event[name] = value(given)
        error = _error(record.exc_info)
        if error is not None:
            lines = told(error)
            event["exception"] = "\n".join(lines) if self._as_text else lines
        event = self._stamp(None, record.levelname, event)  # type: ignore[assignment]
        return str(self._render(None, record.levelname, event))


def _error(info: object) -> BaseException | None:
    if isinstance(info, tuple) and len(info) == 3:  # noqa: PLR2004  as sys.exc_info gives it
        info = info[1]
    return info if isinstance(info, BaseException) else None


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("this process ends: %s", kind.__name__, exc_info=(kind, error, trace))


def _uncaught_in_thread(given: threading.ExceptHookArgs) -> None:
    if given.exc_value is None or given.exc_type is SystemExit:
        return
    name = given.thread.name if given.thread is not None else "?"
    _log.error("the thread %s ended: %s", name, given.exc_type.__name__, exc_info=given.exc_value)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    # A SyntaxWarning quotes the code that it is about.
    del message, file, line
    _log.warning("%s at %s:%d", category.__name__, filename, lineno)
