"""Slips of a reference against a problem's cases: strong ones catch them, weak ones are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from judge.authoring.slipping import check_slips, try_slips
from judge.domain.problem import Case, Problem
from judge.pipeline import Judge

pytestmark = pytest.mark.sandbox
ROOT = Path(__file__).resolve().parents[2] / "problems"
SHARES = "def f(x):\n    return x / x.sum(dim=1, keepdim=True)"

Make = Callable[..., Problem]
MakeCase = Callable[..., Case]


def test_cases_that_a_slip_passes_are_named_with_the_slip(
    judge: Judge, problem: Make, case: MakeCase
) -> None:
    weak = problem(SHARES, case("alike", "torch.ones(2, 2)"))
    report = try_slips(judge, weak, path=Path("f.yaml"))
    assert not report.ok
    survivors = {each.name for each in report.tried if each.got == "survives"}
    assert any("no keepdim=" in name for name in survivors)
    assert any("one less: 1" in name for name in survivors)
    found = next(each for each in report.findings if "no keepdim=" in each.where)
    assert found.where.startswith("slip line 2")
    assert "case 'alike'" in found.message


def test_cases_that_catch_every_slip_hold(judge: Judge, problem: Make, case: MakeCase) -> None:
    strong = problem(SHARES, case("rows", "1 + torch.rand(2, 3)", repeat=2))
    report = try_slips(judge, strong, path=Path("f.yaml"))
    assert report.ok
    assert {each.kind for each in report.tried} == {"slip"}
    notes = {each.name: each.note for each in report.tried}
    assert notes["line 2: left side only: x / x.sum(dim=1, keepdim=True)"].startswith("wrong_value")


@pytest.mark.parametrize(
    "slug", ["02-arithmetic/squared-distances", "05-indexing/clip-outliers", "08-autograd/sgd-step"]
)
def test_problems_of_the_course_catch_every_slip(judge: Judge, slug: str) -> None:
    assert check_slips(judge, ROOT / f"{slug}.yaml").findings == ()
