"""The bell: rung for whoever waits, never in anybody's way."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from judge.messaging import bell
from judge.messaging.bell import Bell


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "bell"


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "LOST_S", 30.0)


def waited_s(waiting: Bell, most_s: float | None = None) -> float:
    start = time.monotonic()
    waiting.wait(most_s)
    return time.monotonic() - start


@pytest.mark.usefixtures("patient")
def test_who_waits_is_woken_up(place: Path) -> None:
    waiting = Bell(place)
    waiting.wait(0)
    ringing = threading.Timer(0.1, Bell(place).ring)
    ringing.start()
    assert waited_s(waiting) < 10
    ringing.join()
    waiting.close()


@pytest.mark.usefixtures("patient")
def test_what_was_rung_before_is_heard_once_however_often(place: Path) -> None:
    waiting = Bell(place)
    waiting.wait(0)
    for _ in range(5):
        Bell(place).ring()
    assert waited_s(waiting) < 10
    assert 0.2 <= waited_s(waiting, 0.2) < 10
    waiting.close()


def test_a_lost_ring_costs_a_moment(place: Path) -> None:
    waiting = Bell(place)
    assert bell.LOST_S <= waited_s(waiting) < 10
    waiting.close()


def test_ringing_never_waits_and_never_fails(place: Path) -> None:
    Bell(place).ring()  # no pipe
    os.mkfifo(place)
    Bell(place).ring()  # nobody at its other end
    waiting = Bell(place)
    waiting.wait(0)
    for _ in range((1 << 16) + 10):  # a pipe that is full
        Bell(place).ring()
    assert waited_s(waiting) < 10
    waiting.close()
    place.unlink()
    place.mkdir()
    Bell(place).ring()  # no pipe, but something


@pytest.mark.usefixtures("patient")
def test_where_there_can_be_no_pipe_looks_are_not_far_apart(tmp_path: Path) -> None:
    waiting = Bell(tmp_path / "no folder" / "bell")
    assert waited_s(waiting) < 10
    waiting.close()


def test_many_may_wait(place: Path) -> None:
    waiting = [Bell(place) for _ in range(3)]
    for each in waiting:
        each.wait(0)
    ringing = Bell(place)
    threads = [threading.Thread(target=each.wait) for each in waiting]
    for thread in threads:
        thread.start()
    ringing.ring()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    for each in waiting:
        each.close()
