"""CPU and wall time are told apart, and a process that is gone has no more to tell."""

from __future__ import annotations

import os
import time

from judge.sandbox.meter import Meter

NOBODY = 1 << 22
"""Linux has no process of this number, nor of a larger one."""


def work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_work_counts_as_cpu_time_and_as_wall_time() -> None:
    meter = Meter(os.getpid())
    work(0.05)
    cpu, wall = meter.used()
    assert cpu >= 0.05
    assert wall > 0


def test_sleep_counts_as_wall_time_only() -> None:
    meter = Meter(os.getpid())
    time.sleep(0.1)
    cpu, wall = meter.used()
    assert wall >= 0.1
    assert cpu < wall


def test_a_restart_begins_to_count_anew() -> None:
    meter = Meter(os.getpid())
    work(0.05)
    cpu, _ = meter.restart()
    assert cpu >= 0.05
    assert meter.used()[0] < cpu


def test_the_peak_is_more_than_an_interpreter_needs() -> None:
    assert Meter(os.getpid()).peak_bytes() > 1 << 20


def test_a_process_that_is_gone_has_used_nothing_more() -> None:
    meter = Meter(NOBODY)
    assert meter.cpu_s() == 0.0
    assert meter.used()[0] == 0.0
    assert meter.peak_bytes() == 0
