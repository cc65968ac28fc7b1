"""Children wait ahead of time, hold nothing of the zygote's, and are gone once they are done."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.pipeline import Judge
from judge.sandbox.lines import new_line
from judge.sandbox.service import Sandbox
from judge.sandbox.zygote import Zygote
from tests.sandbox.small import build, case

pytestmark = pytest.mark.sandbox

READY = 2
PROBLEM = build("plain", "def f(x):\n    return x + 1", case("torch.ones(2)"))
ANSWER = "def f(x):\n    return 1 + x"
OPEN = build("open", "def f():\n    return [0, 1, 2, 3, 4]", case())
LOOKING = """
import os

def f():
    found = []
    for fd in range(1 << 16):
        try:
            os.fstat(fd)
        except OSError:
            continue
        found.append(fd)
    return found
"""


@pytest.fixture(scope="module")
def own() -> Iterator[Sandbox]:
    with Sandbox(ready=READY) as each:
        each.complete()
        yield each


def comes_true(what: Callable[[], bool], *, within_s: float = 20.0) -> bool:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.01)
    return False


def all_wait(zygote: Zygote) -> bool:
    return zygote.idle and zygote.ready.qsize() == READY


def test_after_a_judging_as_many_wait_as_before_it(own: Sandbox) -> None:
    judge, zygote = Judge(own), own.zygote()
    for _ in range(3):
        assert judge.judge(PROBLEM, ANSWER).verdict is Verdict.ACCEPTED
        assert comes_true(lambda: all_wait(zygote))


def test_a_child_that_is_done_is_killed_and_told_dead(own: Sandbox) -> None:
    zygote = own.zygote()
    child = zygote.take()
    assert not zygote.idle
    zygote.bury(child)
    death = child.death.result(timeout=20)
    assert death.signal == 9
    assert not os.path.exists(f"/proc/{child.pid}")  # noqa: PTH110
    assert comes_true(lambda: all_wait(zygote))


def test_a_child_holds_its_own_five_descriptors_and_no_other(own: Sandbox) -> None:
    report: Report = Judge(own).judge(OPEN, LOOKING)
    assert report.verdict is Verdict.ACCEPTED, report.cases


def test_a_line_that_comes_to_nothing_is_closed_at_both_ends() -> None:
    ends: list[int] = []

    def fail() -> None:
        with new_line() as (ours, theirs):
            channel, *rest = ours
            ends.extend((channel.fileno(), *rest, *theirs))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(ends) == 8
    for fd in ends:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(fd)


def test_a_default_time_out_of_sockets_is_not_the_child_s() -> None:
    """Its channel would not wait for the job."""
    socket.setdefaulttimeout(5)
    try:
        with new_line() as (ours, theirs):
            waits = [os.get_blocking(fd) for fd in theirs[:3]]
    finally:
        socket.setdefaulttimeout(None)
    channel, out, err, bell = ours
    assert waits == [True] * 3
    assert [os.get_blocking(fd) for fd in (channel.fileno(), out, err)] == [False] * 3
    channel.close()
    for fd in (out, err, bell):
        os.close(fd)


def test_a_zygote_that_starts_under_a_default_time_out_waits_all_the_same() -> None:
    socket.setdefaulttimeout(0.01)
    try:
        sandbox = Sandbox(ready=1)
        zygote = sandbox.zygote()
    finally:
        socket.setdefaulttimeout(None)
    with sandbox:
        assert Judge(sandbox).judge(PROBLEM, ANSWER).verdict is Verdict.ACCEPTED
        assert sandbox.zygote() is zygote


def test_a_line_s_own_ends_never_block_and_stay_open() -> None:
    with new_line() as (ours, theirs):
        os.write(theirs[0], b"out")
        os.write(theirs[1], b"err")
    channel, out, err, bell = ours
    assert (os.read(out, 9), os.read(err, 9)) == (b"out", b"err")
    assert not channel.recv(1)
    with pytest.raises(BlockingIOError):
        os.eventfd_read(bell)
    channel.close()
    for fd in (out, err, bell):
        os.close(fd)
