"""The whole service as its database has it, asked for when a monitor comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a queue holds; ``oldest_s``: for how long the first of it has been due."""

    depth: int
    running: int
    oldest_s: float


@dataclass(frozen=True, slots=True)
class Service:
    """All queues, how many workers serve each, and what was given up for want of a verdict."""

    queues: Mapping[str, Waiting]
    workers: Mapping[str, int]
    given_up: int


class ServiceCollector(Collector):
    """Turns one look into gauges; without a database only ``tensorjudge_database_up`` is left."""

    def __init__(self, look: Callable[[], Service | None]) -> None:
        """Take what looks: it returns None where the database can't be reached."""
        self._look = look

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Look."""
        seen = self._look()
        yield GaugeMetricFamily(
            "tensorjudge_database_up",
            "Whether the site reaches the database.",
            value=float(seen is not None),
        )
        if seen is None:
            return
        depth = _by_queue("tensorjudge_queue_depth", "Submissions that wait, by queue.")
        running = _by_queue("tensorjudge_queue_running", "Submissions being judged, by queue.")
        oldest = _by_queue(
            "tensorjudge_queue_oldest_seconds",
            "How long what waits longest has been due, by queue; 0 where nothing waits.",
        )
        for name, queue in seen.queues.items():
            depth.add_metric([name], queue.depth)
            running.add_metric([name], queue.running)
            oldest.add_metric([name], queue.oldest_s)
        workers = _by_queue("tensorjudge_workers_alive", "Workers seen lately, by queue served.")
        for name, count in seen.workers.items():
            workers.add_metric([name], count)
        yield from (depth, running, oldest, workers)
        yield GaugeMetricFamily(
            "tensorjudge_submissions_given_up",
            "Submissions without a verdict because of us: `judge faults` lists them.",
            value=seen.given_up,
        )


def _by_queue(name: str, meaning: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, labels=["queue"])
