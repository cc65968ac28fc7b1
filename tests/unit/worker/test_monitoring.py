"""The dashboard and the alerts ask for metrics that the code really has."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.metrics import MetricWrapperBase
from ruamel.yaml import YAML

from judge.domain.lifecycle import Queue
from judge.pipeline import Judge
from judge.sandbox.service import Sandbox
from judge.store import Store
from judge.telemetry.metrics import SiteMetrics, WorkerMetrics, names
from judge.telemetry.service import Service, ServiceCollector, Waiting
from worker.fitness import Fitness
from worker.gauges import watch
from worker.judging import Judging
from worker.rules import Rules

FOLDER = Path(__file__).parents[3] / "worker" / "monitoring"
NAME = re.compile(r"\b(?:tensorjudge|process)_\w+")
LABEL = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"')
GROUPED = re.compile(r"\bby \(([^)]*)\)")
OF_PROMETHEUS = {"instance", "job", "le"}


@pytest.fixture(scope="module")
def site() -> SiteMetrics:
    metrics = SiteMetrics()
    seen = Service({"cpu": Waiting(0, 0, 0.0)}, {"cpu": 1}, given_up=0)
    metrics.registry.register(ServiceCollector(lambda: seen))
    return metrics


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerMetrics]:
    store = Store("sqlite://")
    rules = Rules("tests", (Queue.CPU,), threads=1, lease_s=8, late_s=2, max_tries=3)
    judging = Judging(store, Judge(Sandbox()), rules, fitness=Fitness(store, "2.13.0"))
    watch(judging)
    yield judging.metrics
    store.close()


@pytest.fixture(scope="module")
def known(site: SiteMetrics, worker: WorkerMetrics) -> frozenset[str]:
    return names([site.registry, worker.registry])


@pytest.fixture(scope="module")
def labels(site: SiteMetrics, worker: WorkerMetrics) -> set[str]:
    found = set(OF_PROMETHEUS)
    for metrics in (site, worker):
        for each in vars(metrics).values():
            if isinstance(each, MetricWrapperBase):
                found |= set(each._labelnames)  # noqa: SLF001  it has no other name
        for family in metrics.registry.collect():
            found |= {label for sample in family.samples for label in sample.labels}
    return found


def read_yaml(name: str) -> Any:  # noqa: ANN401  whatever stands in it
    return YAML(typ="safe").load(FOLDER / name)


def dashboard() -> Any:  # noqa: ANN401  as Grafana has it
    return json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))


def questions() -> dict[str, list[str]]:
    """Return what is asked, by the file that asks."""
    panels = dashboard()["panels"]
    rules = read_yaml("alerts.yml")["groups"][0]["rules"]
    return {
        "dashboard.json": [each["expr"] for panel in panels for each in panel.get("targets", ())],
        "alerts.yml": [rule["expr"] for rule in rules],
    }


@pytest.mark.parametrize("file", ["dashboard.json", "alerts.yml"])
def test_every_metric_that_is_asked_for_exists(file: str, known: frozenset[str]) -> None:
    asked = {name for each in questions()[file] for name in NAME.findall(each)}
    assert asked
    assert asked - known == set()


@pytest.mark.parametrize("file", ["dashboard.json", "alerts.yml"])
def test_every_label_that_is_asked_for_exists(file: str, labels: set[str]) -> None:
    asked = set()
    for each in questions()[file]:
        asked |= set(LABEL.findall(each))
        asked |= {name.strip() for group in GROUPED.findall(each) for name in group.split(",")}
    assert asked - labels == set()


def test_every_metric_of_ours_is_on_the_dashboard(known: frozenset[str]) -> None:
    shown = {name for each in questions()["dashboard.json"] for name in NAME.findall(each)}
    stems = {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in shown}
    missing = {
        name
        for name in known
        if name.startswith("tensorjudge_")
        and name not in shown
        and re.sub(r"_(?:bucket|sum|count)$", "", name) not in stems
        and f"{name}_total" not in shown
    }
    assert missing == set()


def test_the_dashboard_can_be_provisioned_with_any_datasource() -> None:
    found = dashboard()
    (variable,) = found["templating"]["list"]
    assert (variable["name"], variable["type"]) == ("datasource", "datasource")
    panels = [panel for panel in found["panels"] if panel["type"] != "row"]
    assert {panel["datasource"]["uid"] for panel in panels} == {"${datasource}"}
    numbers = [panel["id"] for panel in found["panels"]]
    assert len(set(numbers)) == len(numbers)


def test_no_two_panels_of_the_dashboard_overlap() -> None:
    taken: dict[tuple[int, int], str] = {}
    for panel in dashboard()["panels"]:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        for x in range(at["x"], at["x"] + at["w"]):
            for y in range(at["y"], at["y"] + at["h"]):
                assert taken.setdefault((x, y), panel["title"]) == panel["title"]


def test_every_alert_says_what_to_do() -> None:
    for rule in read_yaml("alerts.yml")["groups"][0]["rules"]:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"].keys() == {"summary", "description"}


def test_prometheus_itself_takes_the_files() -> None:
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("promtool is not installed (Debian: apt-get install prometheus)")
    done = subprocess.run(
        [program, "check", "config", str(FOLDER / "prometheus.yml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
