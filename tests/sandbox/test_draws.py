"""One answer on many draws by few children: the verdicts that it would have got one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from judge.domain.problem import Case, Problem, Rules
from judge.domain.seeds import new_seed
from judge.domain.verdict import Verdict
from judge.pipeline import Judge
from judge.pipeline.draws import MOST_TOGETHER, verdicts
from judge.pipeline.keys import Key, make_keys
from tests.sandbox.small import build, text

pytestmark = pytest.mark.sandbox

PROBLEM = build(
    "draws",
    "def f(x):\n    return x + 1",
    Case(text("large"), ("torch.randint(1, 9, (2,))",)),
    Case(text("small"), ("torch.randint(-9, 0, (2,))",)),
)
COUNT = MOST_TOGETHER + 3


@pytest.fixture(scope="module")
def keys(judge: Judge) -> tuple[Key, ...]:
    return make_keys(judge.sandbox, PROBLEM, seeds=tuple(new_seed() for _ in range(COUNT)))


def told(
    judge: Judge, source: str, keys: tuple[Key, ...], problem: Problem = PROBLEM
) -> Iterator[Verdict | None]:
    return verdicts(judge.sandbox, problem, source, keys)


ONLY_SOMETIMES = "def f(x):\n    return x + 1 if x.sum() % 2 else x"


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("def f(x):\n    return 1 + x", Verdict.ACCEPTED),
        ("def f(x):\n    return x", Verdict.WRONG_VALUE),
        ("def f(x):\n    return (x + 1).float()", Verdict.WRONG_DTYPE),
        ("def f(x):\n    raise ValueError", Verdict.RUNTIME_ERROR),
        ("def f(x)", Verdict.SYNTAX_ERROR),
        ("g = 1", Verdict.MISSING_FUNCTION),
        ("import os\nos.abort()", Verdict.RUNTIME_ERROR),
    ],
)
def test_each_draw_has_the_verdict_that_it_has_alone(
    judge: Judge, keys: tuple[Key, ...], source: str, verdict: Verdict
) -> None:
    assert list(told(judge, source, keys)) == [verdict] * COUNT
    assert judge.judge(PROBLEM, source, key=keys[0]).verdict is verdict


def test_draws_that_differ_are_told_apart(judge: Judge, keys: tuple[Key, ...]) -> None:
    alone = [judge.judge(PROBLEM, ONLY_SOMETIMES, key=key).verdict for key in keys]
    assert list(told(judge, ONLY_SOMETIMES, keys)) == alone


def test_what_a_death_left_undone_is_judged_by_the_next_child(
    judge: Judge, keys: tuple[Key, ...]
) -> None:
    source = "import os\ndef f(x):\n    if x[0] > 0:\n        os._exit(3)\n    return x + 1"
    assert list(told(judge, source, keys)) == [Verdict.RUNTIME_ERROR] * COUNT


def test_a_draw_that_was_left_out_has_no_verdict(judge: Judge, keys: tuple[Key, ...]) -> None:
    source = "def f(x):\n    while True:\n        pass"
    found = list(told(judge, source, keys[:4]))
    # Three calls are waited for: both of the first draw, and one of the second.
    assert found == [Verdict.TIME_LIMIT, None, None, None]


def test_what_is_required_has_to_be_called_on_each_draw(
    judge: Judge, keys: tuple[Key, ...]
) -> None:
    problem = build(
        "required",
        "def f(x):\n    return torch.add(x, 1)",
        *PROBLEM.cases,
        rules=Rules(require=("torch.add",)),
    )
    mine = make_keys(judge.sandbox, problem, seeds=tuple(key.seed for key in keys[:3]))
    right, wrong = "def f(x):\n    return torch.add(x, 1)", "def f(x):\n    return x - -1"
    assert list(told(judge, right, mine, problem)) == [Verdict.ACCEPTED] * 3
    assert list(told(judge, wrong, mine, problem)) == [Verdict.FORBIDDEN] * 3
