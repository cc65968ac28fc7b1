"""What is warned of, and what is not."""

from __future__ import annotations

from collections.abc import Callable

from judge.authoring.smells import smells
from judge.domain.observation import Gradient
from judge.domain.problem import Case, Mistake, Problem, Text, Tolerance
from judge.domain.verdict import Fact, Verdict
from judge.pipeline import Key

MakeProblem = Callable[..., Problem]
MakeCase = Callable[..., Case]
MakeKey = Callable[..., Key]

HINT = Text("x", "x")
KNOWN = (Mistake(Verdict.WRONG_VALUE, HINT, "def f(x): ..."),) * 3
GRAD = frozenset({Fact.GRADIENT})


def places(problem: Problem, *keys: Key) -> list[str]:
    found = list(smells(problem, keys=keys))
    assert all(each.severity == "warning" for each in found)
    return [each.where for each in found]


def test_a_problem_with_everything_is_warned_of_nothing(
    problem: MakeProblem, case: MakeCase, key: MakeKey
) -> None:
    good = problem(case("random"), hints=(HINT,), mistakes=KNOWN)
    assert places(good, key(1.0), key(2.0)) == []


def test_a_problem_without_hints_or_mistakes_is_warned_of(
    problem: MakeProblem, case: MakeCase, key: MakeKey
) -> None:
    assert places(problem(case("random")), key(1.0), key(2.0)) == ["hints", "mistakes"]


def test_cases_that_are_all_shown_are_warned_of(
    problem: MakeProblem, case: MakeCase, key: MakeKey
) -> None:
    known = problem(case("shown", shown=True), hints=(HINT,), mistakes=KNOWN)
    [found] = smells(known, keys=(key(1.0), key(2.0)))
    assert found.where == "cases"
    assert "every case is shown" in found.message


def test_hidden_cases_that_never_change_are_warned_of(
    problem: MakeProblem, case: MakeCase, key: MakeKey
) -> None:
    fixed = problem(case("fixed"), hints=(HINT,), mistakes=KNOWN)
    [found] = smells(fixed, keys=(key(1.0), key(1.0)))
    assert found.where == "cases"
    assert "random" in found.message


def test_random_inputs_of_a_visible_case_do_not_count(
    problem: MakeProblem, case: MakeCase, key: MakeKey
) -> None:
    half = problem(case("shown", shown=True), case("fixed"), hints=(HINT,), mistakes=KNOWN)
    assert places(half, key(1.0, 5.0), key(2.0, 5.0)) == ["cases"]


def test_a_tolerance_as_large_as_the_result_is_warned_of_by_case(
    problem: MakeProblem, case: MakeCase, key: MakeKey
) -> None:
    loose = case("loose", tolerance=Tolerance(0.0, 2.0))
    cases = problem(case("fine"), loose, hints=(HINT,), mistakes=KNOWN)
    assert places(cases, key(1.0, 1.0), key(3.0, 3.0)) == ["case 'loose'"]


def test_a_check_of_gradients_without_a_leaf_is_warned_of(
    problem: MakeProblem, case: MakeCase, key: MakeKey
) -> None:
    checked = problem(case("no leaf", checks=GRAD), hints=(HINT,), mistakes=KNOWN)
    assert places(checked, key(1.0, gradients=()), key(2.0, gradients=())) == ["case 'no leaf'"]
    reached = (Gradient("x", None),)
    assert places(checked, key(1.0, gradients=reached), key(2.0, gradients=reached)) == []


def test_an_exception_that_is_any_exception_is_warned_of(
    problem: MakeProblem, case: MakeCase, key: MakeKey
) -> None:
    cases = (case("any", raises="Exception"), case("one", raises="ValueError"))
    raising = problem(*cases, hints=(HINT,), mistakes=KNOWN)
    assert places(raising, key(1.0, 1.0), key(2.0, 2.0)) == ["case 'any'"]
