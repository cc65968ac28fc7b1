"""`judge run`, `judge check` and `judge doctor` from end to end, in a real sandbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sandbox

PROBLEM = """\
format: 1
title: {zh: 批量打分, en: Batched scores}
difficulty: easy
signature: "scores(queries: Tensor, keys: Tensor) -> Tensor"
statement: {zh: 计算分数。, en: Compute the scores.}
hints: [{zh: 矩阵乘法, en: A matrix product}]
solution: |
  def scores(queries, keys):
      return queries @ keys
mistakes:
  - verdict: wrong_shape
    explain: {zh: 转置了, en: "That is transposed."}
    code: |
      def scores(queries, keys):
          return (queries @ keys).mT
also:
  - |
    def scores(queries, keys):
        return torch.mm(queries, keys)
cases:
  - name: worked example
    show: true
    args: ["torch.ones(2, 3)", "torch.ones(3, 4)"]
  - name: another
    let: {n: 2..5}
    args: ["torch.randn(n, 3)", "torch.randn(3, 7)"]
  - name: elsewhere
    device: cuda
    args: ["torch.ones(2, 3, device='cuda')", "torch.ones(3, 4, device='cuda')"]
"""
RIGHT = "def scores(queries, keys):\n    return queries @ keys\n"
WRONG = "def scores(queries, keys):\n    return (queries @ keys).mT\n"


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    """A problem's file."""
    path = tmp_path / "02-arithmetic" / "scores.yaml"
    path.parent.mkdir()
    path.write_text(PROBLEM, encoding="utf-8")
    return path


def judge(*arguments: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    """Call the command as a shell would."""
    environment = {**os.environ, "JUDGE_LANGUAGE": "en", "COLUMNS": "80"}
    return subprocess.run(
        [sys.executable, "-m", "judge.cli", *arguments],
        input=answer,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        cwd=Path(__file__).parents[3],
        timeout=120,
    )


def test_a_right_answer_exits_with_zero(problem: Path) -> None:
    done = judge("run", str(problem), "-", answer=RIGHT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("✓ Accepted · 3 of 3 points")


def test_a_wrong_answer_exits_with_one_and_is_explained(problem: Path) -> None:
    done = judge("run", str(problem), "-", "--device", "cpu", answer=WRONG)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("✗ Wrong shape · 0 of 2 points")
    assert "That is transposed." in done.stdout
    assert "│ (2, 4)     (4, 2)" in done.stdout
    assert "Not judged, for you asked for cpu only (cases: elsewhere)." in done.stdout


def test_a_judging_is_repeated_by_its_seed_and_told_as_one_object(problem: Path) -> None:
    first = json.loads(judge("run", str(problem), "-", "--json", answer=WRONG).stdout)
    assert first.get("accepted") is False, first
    assert first["report"]["verdict"] == "wrong_shape"
    assert "shape" in first["report"]["cases"][0]["differences"][0]["message"]["text"]
    seed = first["seed"]
    again = json.loads(
        judge("run", str(problem), "-", "--json", "--seed", seed, answer=WRONG).stdout
    )
    sides = [each["report"]["cases"][1]["differences"] for each in (first, again)]
    assert sides[0] == sides[1]


def test_a_broken_problem_exits_with_two_and_is_no_fault_of_the_answer(problem: Path) -> None:
    problem.write_text(PROBLEM.replace("torch.randn(3, 7)", "nonsense(3, 7)"), encoding="utf-8")
    done = judge("run", str(problem), "-", answer=RIGHT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "The problem is at fault, not the answer." in done.stderr


def test_problems_are_checked_from_the_command_line(problem: Path) -> None:
    done = judge("check", str(problem), "--seeds", "2", "--json")
    told = json.loads(done.stdout)
    assert told.keys() == {"ok", "problems", "seconds"}
    assert told["ok"] is (done.returncode == 0)
    assert told["problems"][0]["problem"] == "02-arithmetic/scores"


def test_this_machine_is_looked_at() -> None:
    done = judge("doctor", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"]) == (0, True)
    names = {check["name"] for check in told["checks"]}
    assert {"Python", "torch", "bubblewrap", "zygote", "refuses: fork"} <= names
    assert told["checks"][0].keys() == {"name", "stands", "needed", "detail", "remedy"}
