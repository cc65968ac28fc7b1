"""A case that ends its process hides no other: the rest go on in a fresh child."""

from __future__ import annotations

import time

import pytest

from judge.domain.problem import Limits, Problem
from judge.domain.report import Report
from judge.domain.verdict import Fact, Verdict
from judge.pipeline import Judge
from tests.sandbox.small import HASTY, build, case

pytestmark = pytest.mark.sandbox

FIVE = tuple(case(f"torch.tensor([{value}.0])", name=str(value)) for value in range(1, 6))
PROBLEM = build("resume", "def f(x):\n    return x + 1", *FIVE, limits=HASTY)
ROOMY = build(
    "roomy_resume",
    PROBLEM.solution,
    *FIVE,
    limits=Limits(time_s=2.0, memory_bytes=128 << 20),
)
LEAVES = tuple(
    case(f"torch.tensor([{value}.0], requires_grad=True)", checks=(Fact.GRADIENT,))
    for value in range(1, 6)
)
SLOPE = build("slope_resume", "def f(x):\n    return x ** 2", *LEAVES, limits=HASTY)

START = "import ctypes, os, sys, time, torch\n"
CRASHES: dict[str, tuple[str, Verdict]] = {
    "leaves": ("os._exit(0)", Verdict.RUNTIME_ERROR),
    "crashes": ("ctypes.string_at(0)", Verdict.RUNTIME_ERROR),
    "aborts": ("os.abort()", Verdict.RUNTIME_ERROR),
    "loops": ("while True: pass", Verdict.TIME_LIMIT),
    "hangs": ("time.sleep(100)", Verdict.TIME_LIMIT),
    "prints": ("while True: print('x' * 4096)", Verdict.OUTPUT_LIMIT),
    "garbles": ("[os.write(fd, b'x' * 64) for fd in range(9) if _open(fd)]", Verdict.RUNTIME_ERROR),
    "closes": ("os.closerange(0, 64); time.sleep(9)", Verdict.RUNTIME_ERROR),
}
OPEN = """
def _open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
"""


def answer(action: str, *values: int) -> str:
    body = f"    if int(x) in {values}:\n        {action}\n    return x + 1\n"
    return START + OPEN + "def f(x):\n" + body


def verdicts(report: Report) -> list[Verdict | None]:
    return [each.verdict for each in report.cases]


@pytest.mark.parametrize(("action", "verdict"), CRASHES.values(), ids=CRASHES.keys())
def test_a_death_in_the_middle_hides_no_later_case(
    judge: Judge, action: str, verdict: Verdict
) -> None:
    report = judge.judge(PROBLEM, answer(action, 3))
    right = Verdict.ACCEPTED
    assert verdicts(report) == [right, right, verdict, right, right]
    assert (report.verdict, report.score) == (verdict, 4)


def test_a_death_by_memory_hides_no_later_case(judge: Judge) -> None:
    action = "torch.ones(1 << 28).sum()"
    report = judge.judge(ROOMY, answer(action, 3))
    right = Verdict.ACCEPTED
    assert verdicts(report) == [right, right, Verdict.MEMORY_LIMIT, right, right]


@pytest.mark.parametrize("values", [(1,), (5,), (1, 2, 3, 4, 5), (1, 3, 5)])
def test_deaths_at_the_ends_and_everywhere_hide_no_case(
    judge: Judge, values: tuple[int, ...]
) -> None:
    report = judge.judge(PROBLEM, answer("os._exit(9)", *values))
    assert verdicts(report) == [
        Verdict.RUNTIME_ERROR if value in values else Verdict.ACCEPTED for value in range(1, 6)
    ]


def test_after_three_time_outs_the_rest_is_left_out_and_said_to_be(judge: Judge) -> None:
    start = time.monotonic()
    report = judge.judge(PROBLEM, answer("while True: pass", 1, 2, 3, 4, 5))
    late = Verdict.TIME_LIMIT
    assert verdicts(report) == [late, late, late, None, None]
    assert report.verdict is late
    assert all(each.message is not None for each in report.cases)
    assert time.monotonic() - start < 15


def test_a_wrong_case_before_a_death_keeps_its_own_verdict(judge: Judge) -> None:
    source = START + (
        "def f(x):\n    if int(x) == 2:\n        return x\n"
        "    if int(x) == 4:\n        os._exit(1)\n    return x + 1\n"
    )
    report = judge.judge(PROBLEM, source)
    right = Verdict.ACCEPTED
    assert verdicts(report) == [right, Verdict.WRONG_VALUE, right, Verdict.RUNTIME_ERROR, right]


BACKWARD = """
import os, time, torch

class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 2
    @staticmethod
    def backward(ctx, grad):
        x, = ctx.saved_tensors
        if int(x) == 3:
            {action}
        return 2 * x * grad

def f(x):
    return Square.apply(x)
"""


@pytest.mark.parametrize(
    ("action", "verdict"),
    [
        ("os._exit(0)", Verdict.RUNTIME_ERROR),
        ("while True: pass", Verdict.TIME_LIMIT),
        ("raise ValueError('no')", Verdict.WRONG_GRADIENT),
    ],
)
def test_a_death_in_a_backward_pass_hides_no_other_gradient(
    judge: Judge, action: str, verdict: Verdict
) -> None:
    report = judge.judge(SLOPE, BACKWARD.format(action=action))
    right = Verdict.ACCEPTED
    assert verdicts(report) == [right, right, verdict, right, right]


def test_a_fresh_child_knows_nothing_of_the_one_before(judge: Judge) -> None:
    source = START + (
        "calls = []\n"
        "def f(x):\n    calls.append(1)\n    if int(x) == 3:\n        os._exit(0)\n"
        "    return x + len(calls)\n"
    )
    report = judge.judge(PROBLEM, source)
    # Right where it is the first call of its process.
    assert [each is Verdict.ACCEPTED for each in verdicts(report)] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_a_module_that_ends_its_process_is_not_tried_again(judge: Judge) -> None:
    start = time.monotonic()
    report = judge.judge(PROBLEM, "import time\ntime.sleep(100)\ndef f(x):\n    return x + 1")
    assert report.verdict is Verdict.TIME_LIMIT
    assert report.score == 0
    assert time.monotonic() - start < 15


def problem_names() -> list[Problem]:
    return [PROBLEM, ROOMY, SLOPE]


@pytest.mark.parametrize("problem", problem_names(), ids=lambda problem: problem.slug)
def test_the_problems_of_this_page_are_sound(judge: Judge, problem: Problem) -> None:
    assert judge.judge(problem, problem.solution).verdict is Verdict.ACCEPTED
