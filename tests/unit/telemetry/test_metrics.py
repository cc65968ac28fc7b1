"""What is counted, by which labels, and that nobody can make up more of them."""

from __future__ import annotations

import math

import pytest
from prometheus_client import CollectorRegistry

from judge.telemetry.metrics import SiteMetrics, WorkerMetrics
from judge.telemetry.service import Service, ServiceCollector, Waiting


def value(registry: CollectorRegistry, name: str, **labels: str) -> float | None:
    return registry.get_sample_value(f"tensorjudge_{name}", labels)


def test_a_request_is_counted_by_its_rule() -> None:
    metrics = SiteMetrics()
    metrics.request(method="GET", route="/reset/<token>", status=200, seconds=0.02)
    found = value(
        metrics.registry, "http_requests_total", method="GET", route="/reset/<token>", status="200"
    )
    assert found == 1


def test_made_up_methods_and_paths_share_one_label() -> None:
    metrics = SiteMetrics()
    for number in range(100):
        metrics.request(method=f"HACK{number}", route=None, status=404, seconds=0)
    found = value(
        metrics.registry, "http_requests_total", method="other", route="(none)", status="404"
    )
    assert found == 100


def test_a_verdict_is_counted_by_chapter_and_kind() -> None:
    metrics = WorkerMetrics()
    metrics.judged(verdict="accepted", chapter="08-autograd", kind="submit", seconds=0.01)
    labels = {"verdict": "accepted", "chapter": "08-autograd", "kind": "submit"}
    assert value(metrics.registry, "submissions_judged_total", **labels) == 1


def test_a_clock_that_was_set_back_makes_no_negative_wait() -> None:
    metrics = WorkerMetrics()
    metrics.claimed("cpu", waited_s=-3600.0)
    assert value(metrics.registry, "queue_wait_seconds_sum", queue="cpu") == 0


@pytest.mark.parametrize("lie", [math.inf, -math.inf, math.nan, 1e300, -5.0])
def test_a_child_that_lies_about_its_times_spoils_no_sum(lie: float) -> None:
    metrics = WorkerMetrics()
    metrics.stages({"sandbox": 0.02}, {"call": lie, "load": 0.001, "inputs": 0.003})
    assert value(metrics.registry, "judging_stage_seconds_sum", stage="student") == 0.02
    assert value(metrics.registry, "judging_stage_seconds_sum", stage="inputs") == 0.003


def test_stages_that_nobody_knows_are_left_out() -> None:
    metrics = WorkerMetrics()
    metrics.stages({"sandbox": 0.02, "made up": 1.0}, {"made up too": 1.0})
    found = {
        sample.labels["stage"]
        for family in metrics.registry.collect()
        for sample in family.samples
        if "stage" in sample.labels and sample.name.endswith("_count") and sample.value
    }
    assert found == {"sandbox"}


def test_without_a_database_only_that_is_told() -> None:
    registry = CollectorRegistry()
    registry.register(ServiceCollector(lambda: None))
    assert [family.name for family in registry.collect()] == ["tensorjudge_database_up"]
    assert value(registry, "database_up") == 0


def test_the_service_is_told_queue_by_queue() -> None:
    registry = CollectorRegistry()
    seen = Service({"cpu": Waiting(3, 1, 7.5)}, {"cpu": 2}, given_up=4)
    registry.register(ServiceCollector(lambda: seen))
    assert value(registry, "queue_depth", queue="cpu") == 3
    assert value(registry, "queue_running", queue="cpu") == 1
    assert value(registry, "queue_oldest_seconds", queue="cpu") == 7.5
    assert value(registry, "workers_alive", queue="cpu") == 2
    assert value(registry, "submissions_given_up") == 4
