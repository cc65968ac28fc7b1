"""A real worker as its monitors see it: health, metrics, and one id from hint to verdict."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from judge.domain.lifecycle import Kind, Queue
from judge.messaging import Hints, make_app
from judge.sandbox.service import Sandbox
from judge.store import Store, schema, submissions
from judge.store.submissions import Answer
from tests.services.conftest import Postgres, Redis, free_port, put_problem, put_user

pytestmark = [pytest.mark.services, pytest.mark.sandbox]
LIMIT_S = 90.0
WRONG = "def throw(seed, count):\n    print('XYZZY')\n    return seed, seed\n"


class Seen:
    """A worker with a port for its monitors, and a site's end of its broker."""

    def __init__(self, folder: Path, *, database: str, broker: str) -> None:
        self.port = free_port()
        self.log = folder / "log"
        self.environment = {
            **os.environ,
            "JUDGE_DATABASE_URL": database,
            "JUDGE_BROKER_URL": broker,
            "JUDGE_DATA_DIR": str(folder),
            "JUDGE_SECRET_KEY": "a secret of the tests",
            "JUDGE_WORKER_THREADS": "1",
            "JUDGE_METRICS_PORT": str(self.port),
            "JUDGE_LOG_FORMAT": "json",
            # No sweeper: on a busy machine it may be faster than the hint.
            "JUDGE_LATE_S": "60",
        }
        self.store = Store(database)
        schema.upgrade(self.store)
        self.problem = put_problem(self.store)
        self.user_id = put_user(self.store)
        self.hints = Hints(make_app(broker, folder=folder / "messages"))
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "worker", *options],
                env=self.environment,
                stdin=subprocess.PIPE if options else subprocess.DEVNULL,
                stderr=log,
            )
        self.started.append(process)
        return process

    def submit(self, *, request: str) -> int:
        with self.store.write() as session:
            row = submissions.create(
                session.connection(),
                self.problem,
                Answer(WRONG, Kind.SUBMIT),
                user_id=self.user_id,
                most_under_way=9,
            )
        assert self.hints.send(row.id, Queue(row.queue), request=request)
        return row.id

    def ask(self, path: str) -> tuple[int, str]:
        """Return status and text; status 0 while nobody answers."""
        try:
            address = f"http://127.0.0.1:{self.port}{path}"
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def state(self, path: str) -> dict[str, bool]:
        found: dict[str, bool] = json.loads(self.ask(path)[1] or "{}")
        return found

    def metric(self, name: str, **labels: str) -> float | None:
        for family in text_string_to_metric_families(self.ask("/metrics")[1]):
            for sample in family.samples:
                if sample.name == f"tensorjudge_{name}" and labels.items() <= sample.labels.items():
                    return float(sample.value)
        return None

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.terminate()
                process.wait(30)
        self.store.close()


def wait_until(holds: Callable[[], object], what: str) -> None:
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.1)
    pytest.fail(f"after {LIMIT_S:.0f} s still not: {what}")


def ready(worker: Seen) -> bool:
    return worker.ask("/readyz")[0] == 200


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Seen]:
    database = f"sqlite:///{tmp_path / 'judge.db'}"
    made = Seen(tmp_path, database=database, broker="filesystem")
    yield made
    made.end()


@pytest.fixture
def with_servers(tmp_path: Path, postgres: Postgres, redis: Redis) -> Iterator[Seen]:
    made = Seen(tmp_path, database=postgres.new_database(), broker=redis.empty())
    yield made
    made.end()


def test_a_sandbox_that_was_not_started_is_down() -> None:
    assert (Sandbox().alive, Sandbox().children_ready) == (False, 0)


def test_one_submission_is_counted_and_followed(worker: Seen) -> None:
    worker.start()
    wait_until(lambda: ready(worker), "ready")
    number = worker.submit(request="request-of-tests")
    labels = {"verdict": "wrong_type", "chapter": "01-creation", "kind": "submit"}
    wait_until(lambda: worker.metric("submissions_judged_total", **labels), "judged")
    for stage in ("clone", "confine", "inputs", "reference", "student", "bytes", "comparison"):
        assert worker.metric("judging_stage_seconds_count", stage=stage) == 1, stage
    assert worker.metric("queue_wait_seconds_count", queue="cpu") == 1
    assert worker.metric("sandbox_up") == 1
    wait_until(lambda: worker.metric("children_ready") == 1, "a child is ready again")
    told = [line for line in worker.lines() if line.get("submission") == number]
    assert [line["event"] for line in told] == ["hint received", "judged"]
    assert {line["request"] for line in told} == {"request-of-tests"}
    assert "XYZZY" not in worker.log.read_text()


def test_a_worker_that_warms_up_lives_and_is_not_ready(worker: Seen) -> None:
    worker.start()
    wait_until(lambda: worker.ask("/healthz")[0], "listens")
    assert worker.ask("/healthz")[0] == 200
    wait_until(lambda: ready(worker), "ready")


def test_a_held_worker_leaves_the_database_alone_until_its_input_ends(worker: Seen) -> None:
    schema.downgrade(worker.store, "0003")
    process = worker.start("--hold")
    wait_until(lambda: worker.ask("/healthz")[0] == 200, "listens")
    time.sleep(1)
    assert process.poll() is None  # one that had looked would have ended
    schema.upgrade(worker.store)
    assert process.stdin
    process.stdin.close()
    wait_until(lambda: ready(worker), "ready")


def test_a_dead_zygote_is_not_ready_until_it_is_started_again(worker: Seen) -> None:
    process = worker.start()
    wait_until(lambda: ready(worker), "ready")
    task = Path(f"/proc/{process.pid}/task")
    (zygote,) = {
        int(child) for each in task.glob("*/children") for child in each.read_text().split()
    }
    os.kill(zygote, signal.SIGKILL)
    wait_until(lambda: worker.state("/readyz").get("sandbox") is False, "seen to be down")
    assert worker.ask("/healthz")[0] == 200
    # Nobody submits: it is started for whoever comes next.
    wait_until(lambda: ready(worker), "ready again")
    assert worker.metric("sandbox_starts") == 2


def test_without_its_database_a_worker_lives_and_is_not_ready(
    with_servers: Seen, postgres: Postgres
) -> None:
    with_servers.start()
    wait_until(lambda: ready(with_servers), "ready")
    postgres.stop()
    try:
        wait_until(lambda: with_servers.ask("/readyz")[0] == 503, "not ready")
        assert with_servers.state("/readyz")["database"] is False
        assert with_servers.ask("/healthz")[0] == 200
    finally:
        postgres.start()
    wait_until(lambda: ready(with_servers), "ready again")


def test_without_its_broker_a_worker_is_ready_by_its_sweeper(
    with_servers: Seen, redis: Redis
) -> None:
    with_servers.start()
    wait_until(lambda: ready(with_servers), "ready")
    number = with_servers.submit(request="by-the-broker-1")
    wait_until(lambda: with_servers.metric("queue_wait_seconds_count", queue="cpu"), "judged")
    redis.stop()
    try:
        time.sleep(3)
        assert ready(with_servers)
        told = [line for line in with_servers.lines() if line.get("submission") == number]
        assert told[0]["request"] == "by-the-broker-1"
    finally:
        redis.start()


def test_a_taken_port_ends_the_start_with_a_clear_word(worker: Seen) -> None:
    worker.start()
    wait_until(lambda: ready(worker), "ready")
    second = worker.start()
    assert second.wait(30) == 2
    last = worker.lines()[-1]
    assert (last["level"], "JUDGE_METRICS_PORT" in last["event"]) == ("critical", True)
    assert f"127.0.0.1:{worker.port}: Address already in use" in last["event"]
