"""The two streams as rich draws on them: plain where they are no terminal, never too narrow."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.status import Status

from judge.cli.show.report import width_of

PATIENCE_S = 1.0
"""How long people wait before they want to know what for."""


def console_for(*, stderr: bool = False) -> Console:
    """Return a console; colours only on a terminal and without NO_COLOR."""
    stream = sys.stderr if stderr else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        # A terminal that can't show a character shows a question mark, not an error.
        stream.reconfigure(errors="replace")
    console = Console(file=stream, markup=False, emoji=False, highlight=False, stderr=stderr)
    console.width = width_of(console.width)
    return console


def show(page: RenderableType) -> None:
    """Print a page on standard output."""
    console_for().print(page)


@contextmanager
def waiting(words: str) -> Iterator[Callable[[str], None]]:
    """Where something takes longer than people like, say what it is, if there is a terminal.

    Yields:
        What to call with other words when it has come further.
    """
    console = console_for(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    status = Status(words, console=console)
    lock = threading.Lock()
    over = False

    def start() -> None:
        with lock:
            if not over:
                status.start()

    timer = threading.Timer(PATIENCE_S, start)
    timer.daemon = True
    timer.start()
    try:
        yield status.update
    finally:
        timer.cancel()
        with lock:
            over = True
            status.stop()
