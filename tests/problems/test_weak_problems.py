"""What an author is told about a weak set of cases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge.authoring import CheckReport
from judge.domain.problem import Case, IntegerRange, Problem, Tolerance
from judge.domain.verdict import Fact

pytestmark = pytest.mark.sandbox

DOUBLE = "def f(x, y=None):\n    return x * 2"

Make = Callable[..., Problem]
MakeCase = Callable[..., Case]
Errors = Callable[..., list[tuple[str, str]]]
Check = Callable[..., CheckReport]


def survivors(report: CheckReport) -> set[str]:
    return {each.name for each in report.tried if each.got == "survives"}


def test_a_weak_problem_has_survivors_that_are_named_with_a_remedy(
    warned: Check, problem: Make, case: MakeCase
) -> None:
    report = warned(problem(DOUBLE, case("ones", "torch.ones(2, 2)")), mutants=True)
    assert not report.ok
    assert survivors(report) == {
        "half-precision",
        "rolled",
        "transposed",
        "first-call-only",
        "first-answer-replayed",
        "replayed-by-shape",
    }
    named = {each.where: each for each in report.findings}
    assert named["mutant transposed"].severity == "error"
    assert named["mutant replayed-by-shape"].severity == "warning"
    assert "case 'ones'" in named["mutant transposed"].message
    assert "random" in named["mutant transposed"].remedy


def test_a_fact_that_is_promised_once_has_to_be_looked_at_where_it_tells(
    warned: Check, problem: Make, case: MakeCase
) -> None:
    leaf = "torch.randn(3).requires_grad_()"
    looked = case("number", "3.0", checks=frozenset({Fact.GRADIENT}))
    report = warned(problem(DOUBLE, looked, case("leaf", leaf, repeat=2)), mutants=True)
    assert {"gradient-scaled", "gradient-zeroed", "detached"} <= survivors(report)
    found = next(each for each in report.findings if each.where == "mutant gradient-zeroed")
    assert found.remedy.startswith("write `check: [grad]` in case 'leaf'")


def test_a_fact_that_is_never_promised_is_not_held_against_a_problem(
    warned: Check, problem: Make, case: MakeCase
) -> None:
    leaf = "torch.randn(3).requires_grad_()"
    report = warned(problem(DOUBLE, case("leaf", leaf, repeat=3)), mutants=True)
    assert report.ok
    fates = {each.name: (each.got, each.note) for each in report.tried}
    assert fates["gradient-scaled"] == ("not promised", "grad")


def test_a_tolerance_that_lets_float16_pass_is_found(
    warned: Check, problem: Make, case: MakeCase
) -> None:
    loose = case("loose", "torch.randn(8)", repeat=3, tolerance=Tolerance(1e-2, 1e-2))
    report = warned(problem(DOUBLE, loose), mutants=True)
    assert survivors(report) == {"half-precision"}
    found = next(each for each in report.findings if each.where == "mutant half-precision")
    assert "tolerance" in found.remedy


def test_a_mutant_that_is_exempt_may_live_and_one_that_dies_need_not_be_exempt(
    warned: Check, problem: Make, case: MakeCase
) -> None:
    loose = case("loose", "torch.randn(8)", repeat=3, tolerance=Tolerance(1e-2, 1e-2))
    exempt = {"half-precision": "rounding is allowed", "zeros": "no", "no-such-mutant": "no"}
    report = warned(problem(DOUBLE, loose, exempt=exempt), mutants=True)
    assert report.ok
    assert any(each.note == "exempt: rounding is allowed" for each in report.tried)
    where = [each.where for each in report.findings]
    assert "exempt.zeros" in where
    assert "exempt.no-such-mutant" in where
    assert "exempt.half-precision" not in where


def test_what_makes_a_problem_poor_is_a_warning(
    warned: Check, problem: Make, case: MakeCase
) -> None:
    report = warned(
        problem(
            "def f(x):\n    if x is None:\n        raise TypeError('x')\n    return x * 2",
            case("shown", "1", shown=True),
            case("tiny", "torch.tensor(1e-9)"),
            case("no leaf", "torch.ones(2)", checks=frozenset({Fact.GRADIENT})),
            case("anything", "None", raises="Exception"),
        )
    )
    assert report.ok
    assert {each.where for each in report.findings} == {
        "hints",
        "mistakes",
        "cases",
        "case 'tiny'",
        "case 'no leaf'",
        "case 'anything'",
    }
    assert all(each.severity == "warning" for each in report.findings)


def test_a_problem_that_shows_every_case_is_warned_of(
    warned: Check, problem: Make, case: MakeCase
) -> None:
    report = warned(problem(DOUBLE, case("shown", "torch.randn(3)", shown=True)))
    assert any("every case is shown" in each.message for each in report.findings)


def test_a_check_finds_the_same_when_it_is_run_again(
    warned: Check, problem: Make, case: MakeCase
) -> None:
    drawn = case("drawn", "torch.ones(n)", let=(("n", IntegerRange(1, 2)),))
    also = "def f(x):\n    return x * 2 if len(x) == 1 else x"
    whole = problem(DOUBLE, drawn, also=(also,))
    one, two = warned(whole), warned(whole)
    assert (one.findings, one.tried) == (two.findings, two.tried)
