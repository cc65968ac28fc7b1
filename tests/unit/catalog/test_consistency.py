"""Parts of a file that contradict each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge.domain.problem import Problem

Faults = Callable[[str | bytes], list[str]]
Load = Callable[[str], Problem]
Edited = Callable[..., str]

UNDEFINED = "this code does not define `scores`, the function of `signature`"


def test_a_solution_has_to_define_the_function(faults: Faults, edited: Edited) -> None:
    found = faults(edited("def scores(queries, keys):\n      return queries @", "x = 3\n  y = 3 @"))
    assert found == [f"10:11: {UNDEFINED}"]


def test_a_function_of_almost_that_name_is_pointed_at(faults: Faults, edited: Edited) -> None:
    found = faults(edited("  def scores(queries, keys):", "  import torch\n  def score(q, k):"))
    assert found == [f"12:3: {UNDEFINED} (did you mean `scores`?)"]


def test_mistakes_and_other_answers_have_to_define_it_too(faults: Faults, edited: Edited) -> None:
    found = faults(
        edited("return queries * keys", "pass")
        .replace("      def scores(queries, keys):\n          pass", "      xyz = 1")
        .replace("    def scores(queries, keys):\n        return torch.bmm", "    uvw = (1, 2) or")
    )
    assert found == [f"16:11: {UNDEFINED}", f"19:5: {UNDEFINED}"]


@pytest.mark.parametrize("verdict", ["missing_function", "syntax_error"])
def test_a_mistake_known_for_lacking_the_function_may_lack_it(
    load: Load, edited: Edited, verdict: str
) -> None:
    text = edited("verdict: wrong_shape", f"verdict: {verdict}")
    load(
        text.replace(
            "      def scores(queries, keys):\n          return q",
            "      def other(q):\n          return q",
        )
    )


def test_a_function_bound_otherwise_than_by_def_counts(load: Load, edited: Edited) -> None:
    load(
        edited(
            "def scores(queries, keys):\n        return torch.bmm(queries, keys)",
            "scores = torch.bmm",
        )
    )


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ("args: [1]", "missing a required argument: 'keys'"),
        ("args: [1, 2, 3]", "too many positional arguments"),
        ("args: [1, 2]\n    kwargs: {keys: 3}", "multiple values for argument 'keys'"),
        ("args: [1]\n    kwargs: {key: 3}", "missing a required argument: 'keys'"),
        ("args: [1, 2]\n    kwargs: {more: 3}", "got an unexpected keyword argument 'more'"),
    ],
)
def test_arguments_have_to_fit_the_signature(
    faults: Faults, edited: Edited, case: str, why: str
) -> None:
    found = faults(edited(last=f"  - name: third\n    {case}\n"))
    head = "the arguments do not fit `scores(queries: Tensor, keys: Tensor) -> Tensor`"
    assert found == [f"29:5: {head}: {why}"]


def test_a_case_without_arguments_is_told_at_the_case(faults: Faults, edited: Edited) -> None:
    found = faults(edited(last="  - name: third\n"))
    assert len(found) == 1
    assert found[0].startswith("28:5: the arguments do not fit")


def test_a_function_without_parameters_needs_no_arguments(load: Load, edited: Edited) -> None:
    text = edited("scores(queries: Tensor, keys: Tensor) -> Tensor", "scores() -> int")
    head, _, _ = text.partition("cases:")
    assert load(head + "cases: [{name: only}]\n").cases[0].arguments == ()


def test_defaults_stars_and_keywords_are_understood(load: Load, edited: Edited) -> None:
    signature = "scores(x, y=1, *rest, scale, **more)"
    text = edited("scores(queries: Tensor, keys: Tensor) -> Tensor", signature)
    head, _, _ = text.partition("cases:")
    problem = load(
        head
        + """\
cases:
  - {name: least, args: [1], kwargs: {scale: 1}}
  - {name: most, args: [1, 2, 3, 4], kwargs: {scale: 1, other: 2}}
"""
    )
    assert len(problem.cases) == 2


@pytest.mark.parametrize(
    "name", ["worked example", "{zh: 另一个, en: worked example}", "{zh: worked example, en: x}"]
)
def test_two_cases_of_one_name_are_refused(faults: Faults, edited: Edited, name: str) -> None:
    found = faults(edited("name: another", f"name: {name}"))
    assert found == ["26:11: the case on line 24 is named 'worked example' too"]


def test_a_case_cannot_both_return_and_raise(faults: Faults, edited: Edited) -> None:
    found = faults(
        edited(last='  - {name: third, args: [1, 2], returns: "3", raises: ValueError}\n')
    )
    assert found == ["28:47: a call either returns or raises: leave out `returns` or `raises`"]


def test_some_case_has_to_be_worth_a_point(faults: Faults, edited: Edited, load: Load) -> None:
    nothing = edited("    args", "    points: 0\n    args")
    load(nothing)
    found = faults(nothing.replace("name: another", "name: another\n    points: 0"))
    assert found == ["23:1: no case is worth a point: leave out some `points: 0`"]


def test_a_name_cannot_be_both_forbidden_and_required(faults: Faults, edited: Edited) -> None:
    found = faults(edited(last="rules: {forbid: [for, torch.bmm], require: [torch.bmm]}\n"))
    assert found == ["28:45: `torch.bmm` is both forbidden and required"]


def test_a_fault_of_type_hides_no_contradiction(faults: Faults, edited: Edited) -> None:
    text = edited("difficulty: easy", "difficulty: 3").replace(
        "name: another", "name: worked example"
    )
    assert len(faults(text)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "cases: 3",
        "cases: [3, {name: 3, args: 4}]",
        "solution: [1]",
        "also: {a: 1}",
        "mistakes: [1, {verdict: [1], code: 2}]",
        "rules: {forbid: 1, require: [1]}",
        "rules: []",
        "signature: 3",
        "cases: [{name: [1], points: x}]",
        "cases: [{name: {zh: [1], 3: 2}, kwargs: {1: 2}}]",
    ],
)
def test_parts_of_the_wrong_type_are_passed_over_without_a_crash(
    faults: Faults, sound: str, line: str
) -> None:
    key = line.partition(":")[0]
    kept = sound.replace(f"\n{key}:", f"\nx-{key}:")
    assert faults(kept + line + "\n")
