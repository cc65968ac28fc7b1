"""The bank of mutants as such: names that can stand in a file, code that parses."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

import pytest

from judge.authoring.mutants import MUTANTS
from judge.authoring.mutants.effects import EFFECTS
from judge.authoring.mutants.graphs import GRAPHS
from judge.authoring.mutants.values import VALUES
from judge.domain.problem import Problem


def test_no_two_mutants_have_one_name() -> None:
    assert len(MUTANTS) == len(VALUES) + len(GRAPHS) + len(EFFECTS)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutants_name_can_stand_in_a_file_unquoted(name: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert MUTANTS[name].name == name


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_the_reference_with_a_wrapper_of_its_name(
    problem: Callable[..., Problem], name: str
) -> None:
    whole = problem()
    answer = MUTANTS[name].answer(whole)
    assert answer.startswith(whole.solution)
    defined = [each.name for each in ast.parse(answer).body if isinstance(each, ast.FunctionDef)]
    assert defined.count("f") == 2
    assert defined[-1] == "f"
    assert "_tj_mutant" in defined
