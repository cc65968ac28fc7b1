"""A zygote serves with torch alone; what else problems need comes while nobody is kept waiting."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge.domain.problem import Problem
from judge.domain.verdict import Verdict
from judge.pipeline import Judge
from judge.sandbox import service
from judge.sandbox.service import Sandbox
from tests.sandbox.small import PROBLEMS, build, case

pytestmark = pytest.mark.sandbox

COMPILER = "import sys\ndef f(x):\n    return x + ('torch._dynamo.utils' in sys.modules)"
PLAIN = build("plain", "def f(x):\n    return x", case("torch.randn(3)"))
STEPPING = build(
    "stepping",
    "def f(x):\n"
    "    x = x.clone().requires_grad_()\n"
    "    x.sum().backward()\n"
    "    torch.optim.SGD([x], lr=0.1).step()\n"
    "    return x.detach()",
    case("torch.randn(3)"),
)
QUIET_S = 0.3
LIMIT_S = 30.0


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox that never finds the time by itself."""
    monkeypatch.setattr(service, "_QUIET_S", 3600.0)
    with Sandbox() as sandbox:
        yield sandbox


def has_compiler(sandbox: Sandbox) -> bool:
    return Judge(sandbox).judge(PLAIN, COMPILER).verdict is not Verdict.ACCEPTED


def test_a_new_zygote_serves_without_torch_s_compiler(busy: Sandbox) -> None:
    assert not has_compiler(busy)
    busy.complete()
    assert has_compiler(busy)
    assert busy.starts == 1


def test_counting_operations_needs_no_compiler(busy: Sandbox) -> None:
    counted: Problem = PROBLEMS["frugal"]
    assert Judge(busy).judge(counted, counted.solution).verdict is Verdict.ACCEPTED
    assert not has_compiler(busy)


@pytest.mark.parametrize("problem", [PROBLEMS["moves"], STEPPING], ids=lambda each: each.slug)
def test_whoever_needs_it_has_it_imported_for_all(busy: Sandbox, problem: Problem) -> None:
    assert Judge(busy).judge(problem, problem.solution).verdict is Verdict.ACCEPTED
    assert has_compiler(busy)
    assert busy.starts == 1


def test_a_student_does_not_pay_for_what_is_not_imported_yet(busy: Sandbox) -> None:
    by_hand = build("by_hand", "def f(x):\n    return x - 0.1", case("torch.randn(3)"))
    assert Judge(busy).judge(by_hand, STEPPING.solution).verdict is Verdict.ACCEPTED


def test_an_answer_without_an_end_is_over_its_limit_early_too(busy: Sandbox) -> None:
    report = Judge(busy).judge(PLAIN, "def f(x):\n    while True: pass")
    assert report.verdict is Verdict.TIME_LIMIT


def test_it_is_imported_while_nobody_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_QUIET_S", QUIET_S)
    with Sandbox() as sandbox:
        end = time.monotonic() + LIMIT_S
        while not has_compiler(sandbox):
            assert time.monotonic() < end
            time.sleep(4 * QUIET_S)


def test_between_students_who_come_one_after_the_other_it_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "_QUIET_S", 2.0)
    with Sandbox() as sandbox:
        end = time.monotonic() + 6.0
        while time.monotonic() < end:
            # Idle in between, as at some submissions a second.
            assert not has_compiler(sandbox)
            time.sleep(0.1)


def test_a_zygote_that_what_is_remembered_spoils_is_replaced(tmp_path: Path) -> None:
    memory = tmp_path / "modules.json"
    memory.write_text(json.dumps(["this_is_not_there", "unittest.__main__", "mailbox"]))
    with Sandbox(memory=memory) as sandbox:
        assert not has_compiler(sandbox)
        sandbox.complete()
        assert has_compiler(sandbox)
        assert sandbox.starts > 1
    assert json.loads(memory.read_text()) == ["mailbox", "torch._dynamo"]
