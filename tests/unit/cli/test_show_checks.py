"""What `judge check` and `judge doctor` print."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge.authoring import CheckReport, Finding, Trial
from judge.cli.checkup import Check
from judge.cli.show.checks import problem_lines, summary
from judge.cli.show.checkup import machine_page

Draw = Callable[..., str]

TRIED = (
    Trial("solution", "solution", "accepted", "accepted", ok=True),
    Trial("also", "also 1", "accepted", "accepted", ok=True),
    Trial("mistake", "mistake 1", "wrong_shape", "wrong_shape", ok=True),
    Trial("mistake", "mistake 2", "wrong_value", "accepted", ok=False),
    Trial("mutant", "zeros", "rejected", "rejected", ok=True),
)
ERROR = Finding("error", "mistake 2", "it is accepted [bold]", "add a case that tells it apart")
WARNING = Finding("warning", "hints", "there is no hint", "")


def report(*findings: Finding, ok: bool, tried: tuple[Trial, ...] = TRIED) -> CheckReport:
    return CheckReport(
        "p/01-a/b.yaml", "01-a/b", ok=ok, findings=findings, tried=tried, seconds=1.23
    )


def test_a_problem_that_holds_has_one_line(draw: Draw) -> None:
    tried = tuple(trial for trial in TRIED if trial.ok)
    assert draw(problem_lines(report(ok=True, tried=tried)), width=100) == (
        "✓ 01-a/b · 1 solution · 1 other answer · 1 mistake · 1 mutant · 1.2 s\n"
    )


def test_one_that_does_not_hold_says_what_to_mend(draw: Draw) -> None:
    assert draw(problem_lines(report(ERROR, ok=False)), width=100) == (
        "✗ 01-a/b · 1 solution · 1 other answer · 2 mistakes, 1 recognised · 1 mutant · 1.2 s\n"
        "  │ error: mistake 2: it is accepted [bold]\n"
        "  │ → add a case that tells it apart\n"
    )


def test_a_warning_has_a_sign_of_its_own(draw: Draw) -> None:
    tried = tuple(trial for trial in TRIED if trial.ok)
    text = draw(problem_lines(report(WARNING, ok=True, tried=tried)))
    assert text.startswith("! 01-a/b")
    assert "  │ warning: hints: there is no hint\n" in text


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int, draw: Draw) -> None:
    lines = draw(problem_lines(report(ERROR, WARNING, ok=False)), width=width).splitlines()
    assert max(map(len, lines)) <= width


def test_the_sum_counts_what_holds(draw: Draw) -> None:
    good, bad = report(WARNING, ok=True), report(ERROR, ok=False)
    assert draw(summary([good], seconds=2.0)) == "\n✓ 1 problem holds · 1 warning · 2.0 s\n"
    assert draw(summary([good, bad], seconds=2.0)).startswith("\n✗ 1 of 2 problems do not hold")


def test_a_machine_with_everything_is_told_so(draw: Draw) -> None:
    found = [
        Check("Python", stands=True, detail="3.11", remedy="Install it"),
        Check("b", stands=True, detail="x"),
    ]
    assert (
        draw(machine_page(found)) == "✓ Python  3.11\n✓ b       x\n\n✓ Everything needed stands.\n"
    )


def test_what_is_missing_comes_with_its_remedy(draw: Draw) -> None:
    found = [
        Check("Python", stands=True, detail="3.11"),
        Check("bubblewrap", stands=False, detail="bwrap does not run", remedy="Install it"),
        Check("memory", stands=False, detail="0.1 GB", remedy="Get more", needed=False),
    ]
    assert draw(machine_page(found)) == (
        "✓ Python      3.11\n"
        "✗ bubblewrap  bwrap does not run\n"
        "              → Install it\n"
        "! memory      0.1 GB\n"
        "              → Get more\n"
        "\n"
        "✗ Nothing can be judged here: bubblewrap\n"
    )
