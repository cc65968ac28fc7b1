"""Each figure says what it was to be, and whether it was."""

from __future__ import annotations

import pytest

from judge.bench import figures
from judge.bench.figures import Figure
from judge.bench.subject import PROBLEM
from judge.domain.verdict import Fact
from judge.pipeline.runs import student_job


@pytest.mark.parametrize(
    ("value", "target", "most", "holds"),
    [
        (7.9, 8, True, True),
        (8.0, 8, True, True),
        (8.1, 8, True, False),
        (80.1, 80, False, True),
        (80.0, 80, False, True),
        (79.9, 80, False, False),
    ],
)
def test_a_figure_holds_up_to_its_target(
    value: float,
    target: float,
    most: bool,  # noqa: FBT001
    holds: bool,  # noqa: FBT001
) -> None:
    row = figures._row("name", value, "ms", target, most=most)  # noqa: SLF001  the rule itself
    assert row.holds is holds
    assert row.target == f"{'≤' if most else '≥'} {target} ms"


def test_a_figure_without_a_target_holds_whatever_it_is() -> None:
    row = figures._row("name", 1e9, "ms", None, most=True)  # noqa: SLF001  the rule itself
    assert row == Figure("name", 1e9, "ms", "", holds=True)


def test_what_is_measured_is_ten_calls_with_gradients() -> None:
    job = student_job(PROBLEM, "", seed="s")
    assert len(job.runs) == 10
    assert all(Fact.GRADIENT in run.call.checks for run in job.runs)
    assert len({run.seed for run in job.runs}) == 10
