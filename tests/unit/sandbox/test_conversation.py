"""Frames that come in one piece, as those of a child do that rings only once."""

from __future__ import annotations

import time

from judge.domain.verdict import Ending
from judge.sandbox.job import RunId
from judge.sandbox.protocol import FrameKind
from tests.unit.sandbox import wire
from tests.unit.sandbox.fakes import Voice
from tests.unit.sandbox.talks import run, saying


def together(count: int) -> bytes:
    calls = (wire.forward(order, wire.integer(7)) for order in range(count))
    return b"".join(wire.frame(FrameKind.FORWARD, each) for each in calls)


def test_calls_that_came_before_a_lie_in_one_piece_count() -> None:
    result = run(saying(together(2) + wire.frame(99)), count=3)
    endings = [result.observations[RunId(each, 0)].ending for each in range(3)]
    assert endings == [Ending.RETURNED, Ending.RETURNED, Ending.DIED]


def test_what_was_used_is_shared_by_calls_that_came_together() -> None:
    def script(voice: Voice) -> None:
        voice.begin()
        time.sleep(0.3)
        voice.channel.sendall(together(2))
        voice.end()

    result = run(script, count=2)
    first, second = (result.observations[RunId(each, 0)].usage.wall_s for each in range(2))
    assert first == second
    assert first > 0.1
