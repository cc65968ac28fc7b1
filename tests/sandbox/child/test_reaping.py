"""How a child has ended is told to the byte; one that has not, is not waited for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from judge.sandbox.child.zygote import reaped
from judge.sandbox.protocol import DEAD, LENGTH

pytestmark = pytest.mark.sandbox

Dead = tuple[int, int, int, float, int]


def started(program: str) -> int:
    # Not by subprocess, which reaps what nobody holds.
    return os.posix_spawn(sys.executable, [sys.executable, "-c", program], os.environ)


def told(*pids: int) -> list[Dead]:
    found = reaped(b"".join(map(LENGTH.pack, pids)))
    return list(DEAD.iter_unpack(found))


def ended(pid: int) -> Dead:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if found := told(pid):
            (dead,) = found
            return dead
        time.sleep(0.01)
    raise AssertionError("it did not end")


def test_a_child_that_exits_tells_its_code_and_what_it_used() -> None:
    pid = started("x = bytearray(40 << 20); raise SystemExit(3)")
    number, signal_number, code, cpu_s, peak_bytes = ended(pid)
    assert (number, signal_number, code) == (pid, 0, 3)
    assert 0 < cpu_s < 10
    assert 40 << 20 < peak_bytes < 1 << 30


def test_a_child_that_is_killed_tells_the_signal_and_no_code() -> None:
    pid = started("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert ended(pid)[:3] == (pid, signal.SIGSEGV, -1)


def test_only_those_that_are_gone_are_told() -> None:
    living = started("import time; time.sleep(60)")
    dead = started("pass")
    end = time.monotonic() + 20
    while not (found := told(living, dead)):
        assert time.monotonic() < end
        time.sleep(0.01)
    assert [each[0] for each in found] == [dead]
    os.kill(living, signal.SIGKILL)
    assert ended(living)[:3] == (living, signal.SIGKILL, -1)


def test_of_a_child_that_somebody_else_has_reaped_nothing_is_known() -> None:
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    assert told(process.pid) == [(process.pid, 0, -1, 0.0, 0)]
