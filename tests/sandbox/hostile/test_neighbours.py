"""Submissions that are judged at the same time know nothing of each other, and suffer nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from judge.domain.problem import Limits
from judge.domain.verdict import Verdict
from judge.pipeline import Judge
from tests.sandbox.hostile import watch
from tests.sandbox.hostile.census import programs
from tests.sandbox.small import HIDDEN, LIMITS, OTHER_HIDDEN, PROBLEMS, build, case, secret

pytestmark = pytest.mark.sandbox

BOMBS = (
    "016_heap",
    "028_fork_bomb",
    "031_threads_caught",
    "033_kill_all",
    "057_fill_the_disk",
    "067_descriptors",
    "069_endless_output",
    "091_flood",
    "102_leave_early",
    "009_time_in_children",
)


def test_honest_answers_beside_hostile_ones_are_judged_right(judge: Judge) -> None:
    by_name = {program.name: program for program in programs()}
    honest = replace(PROBLEMS["slope"], limits=replace(LIMITS, time_s=2.0))

    def attack(name: str) -> bool:
        program = by_name[name]
        problem = PROBLEMS[program.problems[0]]
        return judge.judge(problem, program.source).verdict in program.expects

    def answer(_: int) -> bool:
        return judge.judge(honest, honest.solution).verdict is Verdict.ACCEPTED

    tasks: list[Callable[[], bool]] = []
    for index, name in enumerate(BOMBS):
        tasks += [lambda name=name: attack(name), lambda index=index: answer(index)]  # type: ignore[misc]
    with ThreadPoolExecutor(4) as pool:
        results = [each.result() for each in [pool.submit(task) for task in tasks]]
    assert results == [True] * len(tasks)
    assert not watch.outlaws(judge.sandbox)


MEETING = """
import os, time

def f(x):
    mine, theirs = ("a", "b") if x[0] > 0 else ("b", "a")
    for _ in range(20):
        for place in ("/box", "/tmp", "/dev/shm", "/", "/box/.."):
            try:
                open(f"{place}/hostile-was-here-{mine}", "w").close()
            except OSError:
                pass
            if os.path.exists(f"{place}/hostile-was-here-{theirs}"):
                return x * 2 + 1
        time.sleep(0.02)
    return x * 0
"""


def test_two_answers_of_one_student_cannot_meet(judge: Judge) -> None:
    limits = Limits(time_s=2.0)
    problems = [
        build(f"meet{sign}", "def f(x):\n    return x * 2 + 1", case(f"torch.tensor([{sign}1.0])"))
        for sign in ("", "-")
    ]
    with ThreadPoolExecutor(2) as pool:
        answers = [
            pool.submit(judge.judge, replace(problem, limits=limits), MEETING)
            for problem in problems
        ]
        assert {each.result().verdict for each in answers} == {Verdict.WRONG_VALUE}


GREEDY = """
import torch
kept = []

def f(x, word):
    if word != "sample":
        kept.append(torch.ones(int(x[3]) % 2 * 24 << 20))
    return x * 2 + 1
"""


def test_what_a_sample_used_tells_nothing_of_hidden_inputs(judge: Judge) -> None:
    """A sample runs in one process with the hidden cases; its memory is that process's."""
    used = []
    for version, hidden in (("3", HIDDEN), ("4", OTHER_HIDDEN)):
        problem = replace(secret(hidden=hidden), version=version)
        report = judge.judge(problem, GREEDY)
        assert report.verdict is Verdict.ACCEPTED
        used.append(report.cases[0].usage.memory_bytes)
    assert abs(used[0] - used[1]) < 32 << 20
