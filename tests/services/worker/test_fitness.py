"""A worker whose torch the course was not loaded for: it waits, says so, and begins by itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from judge.catalog import load_problem
from judge.domain.lifecycle import Queue
from judge.domain.releases import TORCH
from judge.store import Store, loading, submissions, workers
from judge.store.course import Version
from judge.store.work import Submission
from judge.store.workers import Sight
from tests.services.conftest import SLUG, TITLE, put_problem
from tests.services.worker.test_sight import Seen, ready, wait_until
from worker.fitness import Fitness

pytestmark = pytest.mark.services
OTHER = "2.12.1"


def load_for(store: Store, torch: str) -> None:
    """Load the course of one problem, as a program with this release does."""
    path = Path(__file__).parents[3] / "problems" / f"{SLUG}.yaml"
    problem = loading.LoadedProblem(load_problem(path), path.read_text())
    chapter = loading.LoadedChapter(SLUG.partition("/")[0], TITLE, TITLE, TITLE, [problem])
    with store.write() as session:
        loading.load_course(session, [chapter], torch=torch)


def test_what_nobody_looked_at_is_not_judged(store: Store) -> None:
    fitness = Fitness(store, "2.13.0+cpu")
    assert (fitness.fit, fitness.needed) == (False, None)
    assert fitness.look()
    assert fitness.fit
    assert not fitness.look()


def test_the_course_decides_and_each_change_is_said_once(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fitness = Fitness(store, f"{OTHER}+cpu")
    put_problem(store)
    for _ in range(3):
        assert not fitness.look()
    assert (fitness.fit, fitness.needed) == (False, TORCH)
    (said,) = (record.getMessage() for record in caplog.records)
    assert f"torch {OTHER}+cpu is here, the course was loaded for {TORCH}" in said
    load_for(store, OTHER)
    assert fitness.look()
    assert (fitness.fit, fitness.needed, len(caplog.records)) == (True, None, 2)


def test_a_course_of_which_nobody_knows_is_judged(store: Store) -> None:
    put_problem(store)
    with store.write() as session:
        session.execute(update(Version).values(torch=None))
    fitness = Fitness(store, OTHER)
    fitness.look()
    assert fitness.fit


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Seen]:
    made = Seen(tmp_path, database=f"sqlite:///{tmp_path / 'judge.db'}", broker="filesystem")
    yield made
    made.end()


def sight(worker: Seen) -> Sight | None:
    with worker.store.read() as session:
        return next(iter(workers.in_sight(session)), None)


def judged(worker: Seen, number: int) -> bool:
    with worker.store.read() as session:
        return session.get_one(Submission, number).state == "judged"


@pytest.mark.sandbox
def test_it_waits_with_its_torch_and_judges_once_the_course_is_loaded_for_it(worker: Seen) -> None:
    load_for(worker.store, OTHER)
    process = worker.start()
    number = worker.submit(request="r")
    wait_until(lambda: sight(worker), "seen")
    wait_until(lambda: worker.state("/readyz").get("sandbox"), "its sandbox is up")
    time.sleep(1)
    found = sight(worker)
    assert found is not None
    assert (found.alive, found.needs_torch, found.serves(Queue.CPU)) == (True, OTHER, False)
    with worker.store.read() as session:
        assert workers.alive(session) == []
    state = worker.state("/readyz")
    assert (state["torch"], state["database"], worker.ask("/readyz")[0]) == (False, True, 503)
    assert worker.ask("/healthz")[0] == 200
    assert not judged(worker, number)
    load_for(worker.store, TORCH)
    wait_until(lambda: judged(worker, number), "judged")
    wait_until(lambda: ready(worker), "ready")
    # It runs, and the course is loaded for another one.
    load_for(worker.store, OTHER)
    wait_until(lambda: worker.state("/readyz").get("torch") is False, "waits again")
    later = worker.submit(request="s")
    time.sleep(1)
    assert not judged(worker, later)
    process.terminate()
    assert process.wait(30) == 0
    events = [line["event"] for line in worker.lines()]
    assert sum("judges nothing" in event for event in events) == 2


@pytest.mark.sandbox
def test_one_that_waits_ends_when_it_is_told_to(worker: Seen) -> None:
    load_for(worker.store, OTHER)
    process = worker.start()
    wait_until(lambda: sight(worker), "seen")
    process.terminate()
    assert process.wait(30) == 0
    assert sight(worker) is None


def test_a_card_behind_a_worker_that_waits_counts_for_nothing(store: Store) -> None:
    presence = workers.Presence("gpu", (Queue.GPU,), 1, OTHER, ("cuda:0",))
    with store.write() as session:
        workers.report(session, presence)
        assert submissions.gpu_worker_alive(session.connection())
        waits = workers.Presence("gpu", (Queue.GPU,), 1, OTHER, ("cuda:0",), (), TORCH)
        workers.report(session, waits)
        session.flush()
        assert not submissions.gpu_worker_alive(session.connection())
