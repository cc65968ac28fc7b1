"""A child's end of its channel: who is woken up by what."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator

import pytest

from judge.sandbox.child.channel import Channel
from judge.sandbox.protocol import COTANGENT, HEADER, FrameKind

pytestmark = pytest.mark.sandbox


@pytest.fixture
def ends() -> Iterator[tuple[Channel, socket.socket]]:
    ours, theirs = socket.socketpair()
    bell = os.eventfd(0, os.EFD_NONBLOCK)
    yield Channel(theirs.fileno(), bell), ours
    ours.close()
    theirs.close()
    os.close(bell)


def rung(channel: Channel) -> bool:
    try:
        return os.eventfd_read(channel.bell) > 0
    except BlockingIOError:
        return False


def test_frames_that_nobody_waits_for_wake_nobody(ends: tuple[Channel, socket.socket]) -> None:
    channel, worker = ends
    channel.send(FrameKind.FORWARD, b"seen")
    assert not rung(channel)
    channel.send(FrameKind.DONE)
    assert rung(channel)
    assert worker.recv(100) == HEADER.pack(FrameKind.FORWARD, 4) + b"seen" + HEADER.pack(
        FrameKind.DONE, 0
    )


def test_whoever_waits_for_an_answer_rings_once(ends: tuple[Channel, socket.socket]) -> None:
    channel, worker = ends
    channel.send(FrameKind.FORWARD)
    worker.sendall(COTANGENT.pack(7) + COTANGENT.pack(8))
    assert channel.receive_cotangents(2) == [7, 8]
    assert rung(channel)
    channel.send(FrameKind.GRADIENT)
    assert not rung(channel)


@pytest.mark.parametrize(("count", "size"), [(1000, 10), (3, 400_000)])
def test_a_channel_that_fills_up_is_rung_for(
    ends: tuple[Channel, socket.socket], count: int, size: int
) -> None:
    channel, worker = ends
    worker.settimeout(20)

    def send() -> None:
        for _ in range(count):
            channel.send(FrameKind.GRADIENT, bytes(size))

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    left, woken = count * (HEADER.size + size), False
    while left:
        # As the worker does: it sleeps until the bell rings, then reads what comes.
        woken = woken or rung(channel)
        if woken:
            left -= len(worker.recv(1 << 20))
    sender.join(20)
    assert not sender.is_alive()
