"""Hints in Redis: taken without a note of who has them, and no more than a worker has room for."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import redis as redis_client
from kombu import Consumer, Message

from judge.domain.lifecycle import Queue
from judge.messaging import Hints, make_app
from tests.services.conftest import Redis

pytestmark = pytest.mark.services


def test_a_hint_that_is_held_is_noted_nowhere_and_keeps_no_more_from_others(
    redis: Redis, tmp_path: Path
) -> None:
    server = redis_client.Redis.from_url(redis.empty())
    app = make_app(redis.url, folder=tmp_path)
    hints = Hints(app)
    assert all(hints.send(number, Queue.CPU) for number in (1, 2))
    held: list[Message] = []
    with app.connection_for_read() as connection, connection.channel() as channel:
        queues = [each for each in app.amqp.queues.values() if each.name == "cpu"]
        consumer = Consumer(channel, queues, accept=["json"])
        consumer.register_callback(lambda _, message: held.append(message))
        consumer.qos(prefetch_count=1)
        with consumer:
            connection.drain_events(timeout=5)
            assert not list(server.scan_iter("*unacked*"))
            with pytest.raises(socket.timeout):
                connection.drain_events(timeout=0.3)
            assert len(held) == 1
            held[0].ack()
            connection.drain_events(timeout=5)
            assert len(held) == 2
            held[1].ack()
    assert not server.exists("tensorjudge:cpu")
