"""A broker that is away at the start, or refuses to write: done without, and taken up again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis as client

from tests.services.conftest import Postgres, Redis
from tests.services.worker.test_faults import COUNT, Deployment, through

pytestmark = [pytest.mark.services, pytest.mark.sandbox]


@pytest.fixture
def servers(postgres: Postgres, redis: Redis, tmp_path: Path) -> Iterator[Deployment]:
    made = Deployment(tmp_path, database=postgres.new_database(), broker=redis.url)
    yield made
    made.stop()


def test_a_broker_that_is_away_at_the_start_is_done_without(
    servers: Deployment, redis: Redis
) -> None:
    redis.stop()
    try:
        worker = servers.start_worker()
        through(servers, lambda: None)
        assert worker.poll() is None
    finally:
        redis.start()


def test_a_broker_that_refuses_to_write_is_done_without_and_taken_up_again(
    servers: Deployment, redis: Redis
) -> None:
    """What Redis does when its own disk is full; here it waits for replicas that nobody has."""
    worker = servers.start_worker()
    with client.Redis.from_url(redis.url) as connection:
        connection.config_set("min-replicas-to-write", 1)
        try:
            through(servers, lambda: None)
        finally:
            connection.config_set("min-replicas-to-write", 0)
        assert worker.poll() is None
        # Judged at once again, and not only when the sweeper comes by.
        end = time.monotonic() + 30
        while not connection.client_list(_type="normal") or not _heard(connection):
            assert time.monotonic() < end
            time.sleep(0.1)
    servers.submit(0)
    servers.wait(COUNT + 1)


def _heard(connection: client.Redis) -> bool:
    return any(each["cmd"] == "brpop" for each in connection.client_list())
