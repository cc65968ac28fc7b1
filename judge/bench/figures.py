"""Take the figures that the design promises, each beside what it is compared with."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

from judge.bench.memory import bytes_per_child
from judge.bench.subject import ANSWER, BARE_PROGRAM, PROBLEM
from judge.domain.seeds import new_seed
from judge.domain.verdict import Verdict
from judge.errors import SandboxError
from judge.pipeline import Judge
from judge.pipeline.runs import student_job
from judge.sandbox.fresh import time_fresh
from judge.sandbox.service import Sandbox

PAUSE_S = 0.03
"""Between two judgings, so that a ready child waits again, as it does for one student at a time."""
THREADS = 2
_STAGES = ("key", "sandbox", "comparison")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what was reached, what was to be reached (text), and whether it was."""

    name: str
    value: float
    unit: str
    target: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything measured. ``stages_ms`` are medians of where one judging's time goes."""

    rows: tuple[Figure, ...]
    stages_ms: Mapping[str, float]
    judgings: int


def measure(
    *,
    quick: bool = False,
    memory: Path | None = None,
    check: Callable[[Judge], tuple[float, int]] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Figures:
    """Measure.

    Args:
        quick: fewer repetitions, for a first look.
        memory: the file of learned modules, as the service has it.
        check: verifies all problems with mutants, returns seconds and how many there are; left
            out if None.
        progress: is told what comes next.
    """
    repetitions = 20 if quick else 100
    progress("start")
    started = time.perf_counter()
    sandbox = Sandbox(ready=THREADS, memory=memory)
    with sandbox:
        child = sandbox.zygote().take()
        ready_s = time.perf_counter() - started
        sandbox.zygote().bury(child)
        # As it is some seconds after a start, and then for good.
        sandbox.complete()
        judge = Judge(sandbox)
        progress("latency")
        judged, floors, stages = _latency(judge, repetitions)
        progress("fresh interpreter")
        fresh = median(time_fresh(BARE_PROGRAM) for _ in range(2 if quick else 5))
        progress("throughput")
        rate = _throughput(judge, seconds=2.0 if quick else 8.0)
        progress("memory")
        child_bytes = bytes_per_child(sandbox.zygote())
        progress("problems")
        checked = check(judge) if check is not None else None
    p50, floor = median(judged), median(floors)
    rows = [
        _row("verdict, 10 cases with gradients, p50", p50 * 1e3, "ms", 8, most=True),
        _row("bare warm floor, p50", floor * 1e3, "ms", None, most=True),
        _row("verdict over the floor", p50 / floor, "x", 2.5, most=True),
        _row("verdict, p99", quantiles(judged, n=100)[98] * 1e3, "ms", None, most=True),
        _row("fresh interpreter over verdict", fresh / p50, "x", 200, most=False),
        _row("submissions a second", rate, "1/s", 80, most=False),
        _row("ready after start", ready_s, "s", 4, most=True),
        _row("memory of a further child", child_bytes / 1e6, "MB", 40, most=True),
    ]
    if checked is not None:
        seconds, count = checked
        # The target is for 24; the course grows.
        for_24 = seconds * 24 / count
        rows.append(_row(f"24 problems with mutants (of {count})", for_24, "s", 60, most=True))
    return Figures(
        tuple(rows), {name: median(each) * 1e3 for name, each in stages.items()}, repetitions
    )


def _row(name: str, value: float, unit: str, target: float | None, *, most: bool) -> Figure:
    if target is None:
        return Figure(name, value, unit, "", holds=True)
    holds = value <= target if most else value >= target
    return Figure(name, value, unit, f"{'≤' if most else '≥'} {target:g} {unit}", holds)


def _latency(
    judge: Judge, repetitions: int
) -> tuple[list[float], list[float], dict[str, list[float]]]:
    """Judge and make the bare calls in turn, so that a noisy moment hits both."""
    judged, floors = [], []
    stages: dict[str, list[float]] = defaultdict(list)
    # The pool is filled, and the modules are learned, before the clock runs.
    for _ in range(8):
        _judged(judge)
    for _ in range(repetitions):
        time.sleep(PAUSE_S)
        report_s, parts = _judged(judge)
        if parts["key"] < 0.001:  # noqa: PLR2004  a batch of keys is another submission's cost
            judged.append(report_s)
            for name, seconds in parts.items():
                stages[name].append(seconds)
        time.sleep(PAUSE_S)
        floors.append(_floor(judge.sandbox))
    return judged, floors, stages


def _judged(judge: Judge) -> tuple[float, Mapping[str, float]]:
    child: dict[str, float] = {}
    start = time.perf_counter()
    report = judge.judge(PROBLEM, ANSWER, child_stages=child)
    seconds = time.perf_counter() - start
    if report.verdict is not Verdict.ACCEPTED:
        raise SandboxError(f"the benchmark's own answer was not accepted: {report.verdict}")
    stages = {name: value for name, value in report.stages_s.items() if name in _STAGES}
    return seconds, stages | {f"child: {name}": value for name, value in child.items()}


def _floor(sandbox: Sandbox) -> float:
    job = replace(student_job(PROBLEM, ANSWER, seed=new_seed()), bare=True)
    start = time.perf_counter()
    result = sandbox.run(job)
    seconds = time.perf_counter() - start
    if result.stop is not None or result.fault is not None:
        raise SandboxError(f"the bare calls failed: {result.stop or result.fault}")
    return seconds


def _throughput(judge: Judge, *, seconds: float) -> float:
    """Judge in as many threads as there are cores, each submission with inputs of its own."""
    end = time.perf_counter() + seconds
    counts = [0] * THREADS

    def work(thread: int) -> None:
        while time.perf_counter() < end:
            _judged(judge)
            counts[thread] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)
