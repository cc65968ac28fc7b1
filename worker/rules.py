"""How a worker works: by the command line, and by the settings where that is silent."""

from __future__ import annotations

import argparse
import os
import socket
from dataclasses import dataclass

from judge.domain.lifecycle import Queue
from judge.settings import Settings

_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Rules:
    """How a worker works; seconds and counts from the settings."""

    name: str
    queues: tuple[Queue, ...]
    threads: int
    lease_s: float
    late_s: float
    max_tries: int


@dataclass(frozen=True, slots=True)
class Start:
    """How a worker starts.

    Attributes:
        rules: how it will work.
        metrics_port: where it serves its health and metrics; 0 for nowhere.
        held: whether it warms up only, until its standard input ends.
    """

    rules: Rules
    metrics_port: int
    held: bool


def read_start(settings: Settings, arguments: list[str] | None) -> Start:
    """Return how to start.

    Args:
        settings: what holds where the command line is silent.
        arguments: the command line; this process's if None. One that means nothing ends it.
    """
    parser = argparse.ArgumentParser(prog="python -m worker")
    parser.add_argument("--queues", default=",".join(settings.queues))
    parser.add_argument("--threads", type=int, default=settings.worker_threads)
    parser.add_argument("--name", default=f"{socket.gethostname()}-{os.getpid()}")
    parser.add_argument("--metrics-port", type=int, default=settings.metrics_port)
    parser.add_argument(
        "--hold", action="store_true", help="touch no database until standard input ends"
    )
    given = parser.parse_args(arguments)
    if not 0 <= given.metrics_port <= _LAST_PORT:
        parser.error(f"--metrics-port is one from 1 to {_LAST_PORT}, or 0 for none")
    try:
        queues = tuple(Queue(name.strip()) for name in given.queues.split(","))
    except ValueError:
        parser.error(f"--queues takes some of {', '.join(Queue)}, not {given.queues!r}")
    if given.threads < 1:
        parser.error("--threads has to be 1 or more")
    rules = Rules(
        name=given.name,
        queues=queues,
        threads=given.threads,
        lease_s=settings.lease_s,
        late_s=settings.late_s,
        max_tries=settings.max_tries,
    )
    return Start(rules, given.metrics_port, given.hold)
