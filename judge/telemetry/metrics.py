"""What the site and the workers count and time. Every label takes one of a few values."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

# Twice the lines, and Prometheus asks for none of them.
disable_created_metrics()  # type: ignore[no-untyped-call]

HTTP_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
QUEUE_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)
JUDGING_BUCKETS_S = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
STAGE_BUCKETS_S = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 20)

STAGES = {
    "clone": ("clone",),
    "confine": ("confine", "rehearse"),
    "inputs": ("inputs",),
    "student": ("source", "load", "call", "backward"),
    "bytes": ("bytes",),
}
"""What a child times itself, by the stage that it is shown as."""
_OURS = {
    "key": "reference",
    "sandbox": "sandbox",
    "comparison": "comparison",
    "samples": "samples",
    "mistakes": "mistakes",
}
"""What the worker times around it; ``sandbox`` is the whole conversation with the child."""
_AHEAD = ("clone", "confine")
"""Done before the answer was there, so not bounded by the conversation about it."""
ERROR_KINDS = ("author", "sandbox", "other")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class SiteMetrics:
    """What the site counts."""

    def __init__(self, registry: CollectorRegistry | None = None, *, version: str = "") -> None:
        self.registry = registry or CollectorRegistry()
        _process(self.registry, version, "site")
        self._requests = Counter(
            "tensorjudge_http_requests_total",
            "Requests answered, by method, route and status.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._request_s = Histogram(
            "tensorjudge_http_request_duration_seconds",
            "Time from a request to its answer, by method and route.",
            ("method", "route"),
            buckets=HTTP_BUCKETS_S,
            registry=self.registry,
        )
        self._received = Counter(
            "tensorjudge_submissions_received_total",
            "Submissions committed to the database, by kind.",
            ("kind",),
            registry=self.registry,
        )
        self._unhinted = Counter(
            "tensorjudge_hints_failed_total",
            "Hints that the broker did not take; the sweeper makes up for them.",
            registry=self.registry,
        )

    def request(self, *, method: str, route: str | None, status: int, seconds: float) -> None:
        """Count a request. ``route`` is its rule, never its path; None where none fits."""
        method, route = method_label(method), route or "(none)"
        self._requests.labels(method, route, str(status)).inc()
        self._request_s.labels(method, route).observe(seconds)

    def received(self, kind: str, *, hinted: bool) -> None:
        """Count a submission, and whether workers could be told of it."""
        self._received.labels(kind).inc()
        if not hinted:
            self._unhinted.inc()


def method_label(method: str) -> str:
    """Return a method, or ``other`` for what somebody made up."""
    return method if method in METHODS else "other"


class WorkerMetrics:
    """What a worker counts."""

    def __init__(self, registry: CollectorRegistry | None = None, *, version: str = "") -> None:
        self.registry = made = registry or CollectorRegistry()
        _process(made, version, "worker")
        self._judged = Counter(
            "tensorjudge_submissions_judged_total",
            "Verdicts written, by verdict, chapter and kind.",
            ("verdict", "chapter", "kind"),
            registry=made,
        )
        self._waited_s = Histogram(
            "tensorjudge_queue_wait_seconds",
            "Time from being due to being claimed for the first time, by queue.",
            ("queue",),
            buckets=QUEUE_BUCKETS_S,
            registry=made,
        )
        self._judging_s = Histogram(
            "tensorjudge_judging_duration_seconds",
            "Time from the claim to the verdict in the database, by kind.",
            ("kind",),
            buckets=JUDGING_BUCKETS_S,
            registry=made,
        )
        stages = Histogram(
            "tensorjudge_judging_stage_seconds",
            "Time of one judging's stages. Clone and confine are done while nobody waits; inputs, "
            "student and bytes are what the child says, bounded by sandbox.",
            ("stage",),
            buckets=STAGE_BUCKETS_S,
            registry=made,
        )
        self._stage_s = {name: stages.labels(name) for name in (*STAGES, *_OURS.values())}
        self._errors = Counter(
            "tensorjudge_judge_errors_total",
            "Judgings without a verdict because of us or a problem's author, by whose fault.",
            ("kind",),
            registry=made,
        )
        for kind in ERROR_KINDS:
            self._errors.labels(kind)
        self._lost = Counter(
            "tensorjudge_leases_lost_total",
            "Submissions that passed to another worker while this one judged them.",
            registry=made,
        )
        self._sweeps = Counter(
            "tensorjudge_sweeps_total", "Sweeps that found something lost or late.", registry=made
        )
        self._rehinted = Counter(
            "tensorjudge_hints_repeated_total",
            "Submissions that a sweep hinted at again.",
            registry=made,
        )

    def watch(self, gauges: Mapping[str, tuple[str, Callable[[], float]]]) -> None:
        """Show numbers that are asked for when a monitor comes: name to meaning and source."""
        for name, (meaning, ask) in gauges.items():
            Gauge(name, meaning, registry=self.registry).set_function(ask)

    def claimed(self, queue: str, *, waited_s: float) -> None:
        """Note how long a submission had been due."""
        self._waited_s.labels(queue).observe(max(0.0, waited_s))

    def judged(self, *, verdict: str, chapter: str, kind: str, seconds: float) -> None:
        """Count a verdict that was written."""
        self._judged.labels(verdict, chapter, kind).inc()
        self._judging_s.labels(kind).observe(seconds)

    def stages(self, ours: Mapping[str, float], child: Mapping[str, float]) -> None:
        """Note where the time of a judging went.

        Args:
            ours: the worker's own times, in seconds.
            child: what the child said. The answer ran there and may have made it up, so no stage
                counts for more than the whole conversation took.
        """
        for name, seconds in ours.items():
            if name in _OURS:
                self._stage_s[_OURS[name]].observe(seconds)
        most = ours.get("sandbox", 0.0)
        for stage, parts in STAGES.items():
            told = [child[part] for part in parts if part in child]
            if told:
                seconds = sum(told)
                honest = stage in _AHEAD or (math.isfinite(seconds) and 0 <= seconds <= most)
                self._stage_s[stage].observe(seconds if honest else most)

    def failed(self, kind: str) -> None:
        """Count a judging that came to no verdict; ``kind`` is one of ``ERROR_KINDS``."""
        self._errors.labels(kind).inc()

    def lost_lease(self) -> None:
        """Count a submission that passed to another worker."""
        self._lost.inc()

    def swept(self, hinted: int) -> None:
        """Count a sweep, and what it hinted at again."""
        self._sweeps.inc()
        self._rehinted.inc(hinted)


def names(registries: Iterable[CollectorRegistry]) -> frozenset[str]:
    """Return every name under which a monitor finds something."""
    found: set[str] = set()
    for registry in registries:
        for family in registry.collect():
            found |= {sample.name for sample in family.samples} or {family.name}
            if family.type == "counter":
                found.add(f"{family.name}_total")
            if family.type == "histogram":
                found |= {f"{family.name}_{part}" for part in ("bucket", "sum", "count")}
    return frozenset(found)


def _process(registry: CollectorRegistry, version: str, part: str) -> None:
    ProcessCollector(registry=registry)
    built = Gauge(
        "tensorjudge_build_info",
        "Always 1: which version runs, as which part.",
        ("version", "part"),
        registry=registry,
    )
    built.labels(version, part).set(1)
