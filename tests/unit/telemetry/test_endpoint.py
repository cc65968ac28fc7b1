"""The port of their own that monitors ask."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from judge.errors import UsageError
from judge.telemetry.endpoint import Answers, Endpoint, Health
from judge.telemetry.metrics import WorkerMetrics


@pytest.fixture
def state() -> dict[str, bool]:
    return {"live": True, "ready": True}


@pytest.fixture
def endpoint(state: dict[str, bool]) -> Iterator[Endpoint]:
    answers = Answers(
        lambda: Health({"process": state["live"]}),
        lambda: Health({"database": state["ready"], "sandbox": True}),
        WorkerMetrics(version="1.2.3").registry,
    )
    made = Endpoint("127.0.0.1", 0, answers)
    made.start()
    yield made
    made.close()


def ask(endpoint: Endpoint, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{endpoint.port}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_health_names_the_part_that_is_not_well(endpoint: Endpoint, state: dict[str, bool]) -> None:
    assert ask(endpoint, "/healthz") == (200, '{"ok": true, "process": true}\n')
    state["ready"] = False
    status, body = ask(endpoint, "/readyz")
    assert (status, json.loads(body)) == (503, {"ok": False, "database": False, "sandbox": True})


def test_metrics_come_as_prometheus_reads_them(endpoint: Endpoint) -> None:
    status, body = ask(endpoint, "/metrics?whatever")
    assert status == 200
    assert 'tensorjudge_build_info{part="worker",version="1.2.3"} 1.0' in body
    assert 'tensorjudge_judge_errors_total{kind="sandbox"} 0.0' in body


def test_other_paths_are_not_there(endpoint: Endpoint) -> None:
    assert ask(endpoint, "/")[0] == 404
    assert ask(endpoint, "/metrics/../healthz")[0] == 404


def test_a_taken_port_is_named_with_the_setting(endpoint: Endpoint) -> None:
    answers = Answers(lambda: Health({}), lambda: Health({}), WorkerMetrics().registry)
    with pytest.raises(UsageError) as caught:
        Endpoint("127.0.0.1", endpoint.port, answers)
    assert f"127.0.0.1:{endpoint.port}: Address already in use" in str(caught.value)
    assert "JUDGE_METRICS_PORT" in str(caught.value)


def test_an_address_of_another_machine_is_named_with_the_setting() -> None:
    answers = Answers(lambda: Health({}), lambda: Health({}), WorkerMetrics().registry)
    with pytest.raises(UsageError, match="JUDGE_METRICS_HOST"):
        Endpoint("192.0.2.1", 9100, answers)


def test_somebody_who_says_nothing_keeps_nobody_waiting(endpoint: Endpoint) -> None:
    with socket.create_connection(("127.0.0.1", endpoint.port)):
        assert ask(endpoint, "/healthz")[0] == 200
