"""Problems, cases and keys made by hand, for what needs no sandbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge.domain.observation import Gradient, Node, Observation, ScalarNode
from judge.domain.problem import Case, Difficulty, Problem, Signature, Text
from judge.domain.verdict import Ending
from judge.pipeline import Key
from judge.sandbox.job import RunId

NOTHING = Text("", "")


@pytest.fixture
def case() -> Callable[..., Case]:
    """Make a case from its name."""

    def made(name: str, **fields: object) -> Case:
        return Case(Text(name, name), **fields)  # type: ignore[arg-type]

    return made


@pytest.fixture
def problem() -> Callable[..., Problem]:
    """Make a problem from its cases."""

    def made(*cases: Case, **fields: object) -> Problem:
        return Problem(
            slug="01-tests/f",
            version="0",
            title=NOTHING,
            difficulty=Difficulty.EASY,
            signature=Signature("f(x)", "f", ("x",)),
            statement=NOTHING,
            solution="def f(x):\n    return x\n",
            cases=cases,
            **fields,  # type: ignore[arg-type]
        )

    return made


@pytest.fixture
def key() -> Callable[..., Key]:
    """Make a key in which each case was called once with a number and returned one."""

    def made(*numbers: float, gradients: tuple[Gradient, ...] | None = None) -> Key:
        return Key(
            "0",
            {
                RunId(index, 0): Observation(
                    Ending.RETURNED,
                    result=_number(number),
                    inputs=(("x", _number(number)),),
                    gradients=gradients,
                )
                for index, number in enumerate(numbers)
            },
        )

    return made


def _number(number: float) -> Node:
    return ScalarNode("float", number)
