"""Whatever dies while submissions are judged: each gets exactly one verdict, the right one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from judge.catalog import load_problem
from judge.domain.lifecycle import Kind, Queue
from judge.messaging import Hints, make_app
from judge.store import DatabaseAway, Store, schema, submissions
from judge.store.course import Problem
from judge.store.submissions import Answer
from judge.store.work import CaseResult, Submission
from tests.services.conftest import SLUG, Postgres, Redis, put_problem, put_user

pytestmark = [pytest.mark.services, pytest.mark.sandbox]
COUNT = 200
LIMIT_S = 90.0
LEASE_S = 3
WRONG = "def throw(seed, count):\n    return seed, seed\n"


class Deployment:
    """A database, a broker, and workers that can be killed."""

    def __init__(self, folder: Path, *, database: str, broker: str) -> None:
        self.folder = folder
        self.broker = broker
        self.environment = {
            **os.environ,
            "JUDGE_DATABASE_URL": database,
            "JUDGE_BROKER_URL": broker,
            "JUDGE_DATA_DIR": str(folder),
            "JUDGE_LEASE_S": str(LEASE_S),
            "JUDGE_LATE_S": "1",
            "JUDGE_SECRET_KEY": "tests",
            "JUDGE_WORKER_THREADS": "2",
        }
        self.store = Store(database)
        schema.upgrade(self.store)
        self.problem: Problem = put_problem(self.store)
        self.user_id = put_user(self.store)
        self.hints = Hints(make_app(broker, folder=folder / "messages"))
        self.workers: list[subprocess.Popen[bytes]] = []
        path = Path(__file__).parents[3] / "problems" / f"{SLUG}.yaml"
        self.answers = (load_problem(path).solution, WRONG)

    def start_worker(self) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, "-m", "worker"], env=self.environment, start_new_session=True
        )
        self.workers.append(worker)
        return worker

    def submit(self, number: int, *, hints: int = 1) -> None:
        with self.store.write() as session:
            row = submissions.create(
                session.connection(),
                self.problem,
                Answer(self.answers[number % 2], Kind.SUBMIT),
                user_id=self.user_id,
                most_under_way=COUNT + 1,
            )
            found = row.id, Queue(row.queue)
        for _ in range(hints):
            self.hints.send(*found)

    def judged(self) -> int:
        with self.store.read() as session:
            wanted = select(func.count()).where(Submission.state == "judged")
            return int(session.scalar(wanted) or 0)

    def wait(self, enough: int) -> None:
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            try:
                if self.judged() >= enough:
                    return
            except DatabaseAway:
                pass
            time.sleep(0.1)
        pytest.fail(f"only {self.judged()} of {enough} are judged after {LIMIT_S} s")

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.terminate()
        for worker in self.workers:
            try:
                worker.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(worker.pid, signal.SIGKILL)
        self.store.close()

    def check(self) -> None:
        """Exactly one verdict each, the right one, with its cases; nothing is stuck."""
        with self.store.read() as session:
            rows = list(session.scalars(select(Submission).order_by(Submission.id)))
            cases = session.execute(
                select(CaseResult.submission_id, func.count()).group_by(CaseResult.submission_id)
            )
            counts = {number for _, number in cases}
        found = [row.verdict for row in rows]
        assert found == ["accepted", "wrong_type"] * (COUNT // 2)
        assert len(counts) == 1
        assert {row.lease for row in rows} == {None}


@pytest.fixture(params=["embedded", "servers"])
def deployment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deployment]:
    if request.param == "embedded":
        database, broker = f"sqlite:///{tmp_path / 'judge.db'}", "filesystem"
    else:
        database = request.getfixturevalue("postgres").new_database()
        broker = request.getfixturevalue("redis").url
    made = Deployment(tmp_path, database=database, broker=broker)
    yield made
    made.stop()


@pytest.fixture
def servers(postgres: Postgres, redis: Redis, tmp_path: Path) -> Iterator[Deployment]:
    made = Deployment(tmp_path, database=postgres.new_database(), broker=redis.url)
    yield made
    made.stop()


def through(made: Deployment, fault: Callable[[], None], *, hints: int = 1) -> None:
    """Submit, break something when a quarter is judged, and wait for the end."""
    for number in range(COUNT):
        made.submit(number, hints=hints)
    made.wait(COUNT // 4)
    fault()
    made.wait(COUNT)
    made.check()


def zygotes_of(worker: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes below a worker: bubblewrap and what it wraps."""
    found, left = [], [worker.pid]
    while left:
        parent = left.pop()
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            children = [int(each) for each in task.read_text().split()]
            found += children
            left += children
    return found


def test_a_killed_worker_loses_nothing(deployment: Deployment) -> None:
    first = deployment.start_worker()

    def kill() -> None:
        os.killpg(first.pid, signal.SIGKILL)
        deployment.start_worker()

    through(deployment, kill)


def test_a_killed_zygote_loses_nothing(deployment: Deployment) -> None:
    worker = deployment.start_worker()

    def kill() -> None:
        for pid in zygotes_of(worker):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue

    through(deployment, kill)


def test_a_worker_that_wakes_up_after_its_lease_writes_nothing(deployment: Deployment) -> None:
    sleeper = deployment.start_worker()

    def sleep() -> None:
        os.killpg(sleeper.pid, signal.SIGSTOP)
        deployment.start_worker()
        time.sleep(2 * LEASE_S)
        os.killpg(sleeper.pid, signal.SIGCONT)

    through(deployment, sleep)


def test_a_message_delivered_twice_is_judged_once(deployment: Deployment) -> None:
    deployment.start_worker()
    through(deployment, lambda: None, hints=2)


def test_an_emptied_broker_delays_and_loses_nothing(servers: Deployment, redis: Redis) -> None:
    servers.start_worker()

    def restart() -> None:
        redis.stop()
        redis.start()

    through(servers, restart)


def test_a_broker_that_stays_away_is_done_without(servers: Deployment, redis: Redis) -> None:
    servers.start_worker()
    try:
        through(servers, redis.stop)
    finally:
        redis.start()


def test_a_restarted_database_loses_nothing(servers: Deployment, postgres: Postgres) -> None:
    servers.start_worker()

    def restart() -> None:
        postgres.stop()
        time.sleep(1)
        postgres.start()

    through(servers, restart)


def test_a_stopped_worker_finishes_and_gives_the_rest_to_others(deployment: Deployment) -> None:
    first = deployment.start_worker()

    def stop() -> None:
        first.terminate()
        assert first.wait(20) == 0
        deployment.start_worker()

    through(deployment, stop)
