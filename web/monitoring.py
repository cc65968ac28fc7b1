"""What the site tells its monitors, on a port of their own."""

from __future__ import annotations

from collections import Counter

from judge.settings import Settings
from judge.store import DatabaseAway, Store, backlog, workers
from judge.telemetry.endpoint import Answers, Endpoint, Health
from judge.telemetry.metrics import SiteMetrics
from judge.telemetry.service import Service, ServiceCollector, Waiting


def listen(settings: Settings, store: Store, metrics: SiteMetrics) -> Endpoint | None:
    """Listen where the settings say; None where they say nowhere.

    Raises:
        UsageError: this machine won't have it.
    """
    if not settings.metrics_port:
        return None
    metrics.registry.register(ServiceCollector(lambda: look(store)))
    answers = Answers(_live, lambda: _ready(store), metrics.registry)
    return Endpoint(settings.metrics_host, settings.metrics_port, answers)


def look(store: Store) -> Service | None:
    """Look at the whole service through its database; None where that can't be reached."""
    try:
        with store.read() as session:
            queues = backlog.backlog(session)
            alive = workers.alive(session)
            given_up = backlog.given_up(session)
    except DatabaseAway:
        return None
    serving = Counter(name for worker in alive for name in worker.queues)
    return Service(
        queues={
            each.queue.value: Waiting(each.waiting, each.running, each.oldest_s) for each in queues
        },
        workers={each.queue.value: serving[each.queue.value] for each in queues},
        given_up=given_up,
    )


def _live() -> Health:
    return Health({"process": True})


def _ready(store: Store) -> Health:
    return Health({"database": look(store) is not None})
