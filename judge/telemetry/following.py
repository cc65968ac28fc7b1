"""Follow one submission through every process: what a thread is busy with, said in each line."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

_REQUEST = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


def new_request_id() -> str:
    """Return an id for a request."""
    return secrets.token_hex(8)


def request_id(given: object) -> str | None:
    """Return an id that somebody else gave, or None where it is none that may stand in a log."""
    return given if isinstance(given, str) and _REQUEST.fullmatch(given) else None


def bind(*, request: str | None = None, submission: int | None = None) -> None:
    """Say in every further line of this thread what it is about."""
    said = {"request": request, "submission": submission}
    structlog.contextvars.bind_contextvars(
        **{name: value for name, value in said.items() if value is not None}
    )


def forget() -> None:
    """End what ``bind`` began: the thread will do something else."""
    structlog.contextvars.clear_contextvars()


@contextmanager
def following(*, request: str | None = None, submission: int | None = None) -> Iterator[None]:
    """Say in every line of this thread, until the block ends, what it is about."""
    said = {"request": request, "submission": submission}
    with structlog.contextvars.bound_contextvars(
        **{name: value for name, value in said.items() if value is not None}
    ):
        yield
