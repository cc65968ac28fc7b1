"""The worker's parts, put together: serves its queues until a signal comes."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import metadata
from types import FrameType
from typing import Any

from celery import Celery
from celery.worker import state

from judge import __version__
from judge.errors import JudgeError
from judge.messaging import Hints, make_app
from judge.pipeline import Judge
from judge.sandbox.warm import WarmSandbox
from judge.settings import Settings
from judge.store import DatabaseAway, Store, schema
from judge.store.retention import Kept
from judge.telemetry.endpoint import Answers, Endpoint
from judge.telemetry.metrics import WorkerMetrics
from worker import repeating
from worker.app import register
from worker.fitness import Fitness
from worker.gauges import watch
from worker.health import WorkerHealth
from worker.housekeeping import Housekeeping
from worker.judging import Judging
from worker.retention import Retention
from worker.rules import Start

_log = logging.getLogger(__name__)
_DAY_S = 86400.0
_PATIENCE_S = 60.0
"""How long a database that is away at start is waited for."""
AWAY = 75
"""The exit code of whoever gives up waiting: started again later, it may work (EX_TEMPFAIL)."""


def serve(settings: Settings, start: Start, warm: WarmSandbox) -> int:
    """Serve until a signal comes; return the exit code.

    Args:
        settings: of the database, of the broker, and of what is kept how long.
        start: how to work, and when.
        warm: the sandbox, which may be starting still.
    """
    rules = start.rules
    try:
        repeating.install()
        store = Store(settings.database, pool_size=rules.threads + 4)
        health, metrics = WorkerHealth(store), WorkerMetrics(version=__version__)
        if start.metrics_port:
            # First of all: a monitor may ask while the sandbox warms up.
            answers = Answers(health.live, health.ready, metrics.registry)
            Endpoint(settings.metrics_host, start.metrics_port, answers).start()
        if start.held:
            # Whoever started us brings the database up to date meanwhile.
            sys.stdin.read()
        schema.wait_until_current(store, patience_s=_PATIENCE_S, say=_log.warning)
        app = make_app(settings.broker_url, folder=settings.broker_folder)
        fitness = Fitness(store, metadata.version("torch"))
        judging = Judging(store, Judge(warm.get()), rules, fitness=fitness, metrics=metrics)
        register(app, judging)
        retention = Retention(store, _kept(settings))
        _work(app, judging, Housekeeping(judging, Hints(app), retention=retention), health)
    except JudgeError as exc:
        _log.critical("%s", exc)
        return AWAY if isinstance(exc, DatabaseAway) else 2
    return 0


def _kept(settings: Settings) -> Kept:
    def or_ever(days: float) -> float | None:
        return days * _DAY_S or None

    return Kept(
        runs_s=settings.runs_kept_days * _DAY_S,
        copies_s=or_ever(settings.draft_copies_kept_days),
        details_s=or_ever(settings.details_kept_days),
        audit_s=or_ever(settings.audit_kept_days),
    )


def _work(app: Celery, judging: Judging, housekeeping: Housekeeping, health: WorkerHealth) -> None:
    """Take hints until a signal comes, then finish what is under way."""
    rules = judging.rules
    # The controller alone: the command line around it brings signal handlers that know no claims.
    controller = app.WorkController(
        pool="threads",
        concurrency=rules.threads,
        queues=[queue.value for queue in rules.queues],
        hostname=f"{rules.name}@tensorjudge",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopper(judging))
    with suppress(DatabaseAway):  # housekeeping looks again
        judging.fitness.look()
    housekeeping.start()
    health.built(judging, housekeeping, connected=lambda: _connected(controller))
    watch(judging)
    said = {"worker": rules.name, "queue": ", ".join(rules.queues), "threads": rules.threads}
    try:
        # One that may not judge takes no hints from those who may.
        if judging.wait_until_fit():
            _log.info("ready to judge", extra=said)
            controller.start()
    finally:
        judging.stopping.set()
        housekeeping.stop()
        judging.store.close()


def _connected(controller: Any) -> bool:  # noqa: ANN401  Celery's carry no types
    """Tell whether the controller hears its broker."""
    connection = getattr(getattr(controller, "consumer", None), "connection", None)
    return connection is not None and bool(connection.connected)


def _stopper(judging: Judging) -> Callable[[int, FrameType | None], None]:
    """Return a handler: the first signal lets judgings end, the second gives them to others."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        if judging.stopping.is_set():
            judging.holding.release()
            os._exit(1)
        judging.stopping.set()
        state.should_stop = 0  # Celery's flag: end with this exit code when the tasks have ended

    return stop
