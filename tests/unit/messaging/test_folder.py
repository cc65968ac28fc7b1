"""The filesystem as a broker: whole messages, taken once, and no waiting for a look."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from judge.domain.lifecycle import Queue
from judge.messaging import Hints, bell, make_app


class Reader:
    """Takes messages as a worker does, and notes which submissions they name."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401  Celery's carry no types
        self.connection = connection
        self.named: list[int] = []

    def take(self, body: Any, message: Any) -> None:  # noqa: ANN401
        self.named.append(body[0][0])
        message.ack()

    def wait(self, most_s: float) -> None:
        self.connection.drain_events(timeout=most_s)


@contextmanager
def reading(folder: Path) -> Iterator[Reader]:
    app = make_app("filesystem", folder=folder)
    with app.connection_for_read() as connection:
        reader = Reader(connection)
        with app.amqp.TaskConsumer(connection.default_channel, callbacks=[reader.take]):
            yield reader


def hints(folder: Path) -> Hints:
    return Hints(make_app("filesystem", folder=folder))


def test_a_hint_wakes_its_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "LOST_S", 60.0)
    with reading(tmp_path) as reader:
        threading.Timer(0.2, hints(tmp_path).send, (7, Queue.CPU)).start()
        start = time.monotonic()
        reader.wait(60)
        assert time.monotonic() - start < 30
    assert reader.named == [7]


def test_where_nobody_rings_messages_are_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell.Bell, "ring", lambda _: None)
    with reading(tmp_path) as reader:
        threading.Timer(0.2, hints(tmp_path).send, (7, Queue.CPU)).start()
        reader.wait(60)
    assert reader.named == [7]


def test_what_came_before_the_reader_is_taken_in_order_and_once(tmp_path: Path) -> None:
    sending = hints(tmp_path)
    for number in range(5):
        assert sending.send(number, Queue.CPU)
    with reading(tmp_path) as reader:
        for _ in range(5):
            reader.wait(20)
        with pytest.raises(TimeoutError):
            reader.wait(0.1)
    assert reader.named == [0, 1, 2, 3, 4]
