"""A problem knows its languages and what it looks at."""

from __future__ import annotations

from judge.domain.problem import Language, Text
from judge.domain.verdict import Fact
from tests.unit.pipeline.build import case, problem


def test_a_text_is_given_in_the_language_that_is_asked_for() -> None:
    text = Text(zh="形状", en="shape")
    assert text.in_language(Language.ZH) == "形状"
    assert text.in_language(Language.EN) == "shape"


def test_a_problem_looks_at_what_any_of_its_cases_looks_at() -> None:
    both = problem(case(checks=(Fact.GRADIENT,)), case(checks=(Fact.FILES, Fact.GRADIENT)))
    assert both.checks == {Fact.GRADIENT, Fact.FILES}
    assert problem(case()).checks == frozenset()
