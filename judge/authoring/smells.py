"""Warn of what makes a problem weak or poor though nothing in it is wrong; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from judge.authoring.results import Finding, warning
from judge.comparison import zeros_would_pass
from judge.domain.observation import Observation
from judge.domain.problem import Case, Problem
from judge.domain.verdict import Ending, Fact
from judge.pipeline import Key

FEWEST_MISTAKES = 3
_ANYTHING = frozenset({"Exception", "BaseException"})


def smells(problem: Problem, *, keys: Sequence[Key]) -> Iterator[Finding]:
    """Yield what an author had better know about a problem.

    Args:
        problem: the problem.
        keys: what its reference did, for two seeds at least.
    """
    yield from _of_the_file(problem)
    yield from _of_all_cases(problem, keys)
    for index, case in enumerate(problem.cases):
        yield from _of_a_case(problem, case, _seen(keys[0], index))


def _of_the_file(problem: Problem) -> Iterator[Finding]:
    if not problem.hints:
        yield warning("hints", "there is no hint", "write one: what to think of, not what to type")
    count = len(problem.mistakes)
    if count < FEWEST_MISTAKES:
        message = f"there are {count} known mistakes; {FEWEST_MISTAKES} are few"
        yield warning(
            "mistakes", message, "add wrong answers that students give, with what to tell them"
        )


def _of_all_cases(problem: Problem, keys: Sequence[Key]) -> Iterator[Finding]:
    hidden = [index for index, case in enumerate(problem.cases) if not case.shown]
    if not hidden:
        message = "every case is shown, so an answer can list their results"
        yield warning("cases", message, "add a case without `show`, with random arguments")
    elif not any(_is_random(index, keys) for index in hidden):
        message = "no hidden case has random inputs, so an answer can list the results it once got"
        yield warning(
            "cases", message, 'give a hidden case `let: {n: 2..5}` or `args: ["torch.randn(…)"]`'
        )


def _is_random(index: int, keys: Sequence[Key]) -> bool:
    return any(
        _inputs(one) != _inputs(other)
        for key in keys[1:]
        for one, other in zip(_seen(keys[0], index), _seen(key, index), strict=False)
    )


def _inputs(seen: Observation) -> object:
    # What differs from seed to seed is also what a generator was drawn into during the call.
    return seen.inputs


def _seen(key: Key, index: int) -> list[Observation]:
    return [seen for run, seen in key.observations.items() if run.case == index]


def _of_a_case(problem: Problem, case: Case, seen: list[Observation]) -> Iterator[Finding]:
    where = f"case {case.name.en!r}"
    tolerance = case.tolerance or problem.tolerance
    results = [each.result for each in seen if each.result is not None]
    if not case.shown and any(zeros_would_pass(each, tolerance) for each in results):
        message = "the tolerance is as large as the result: zeros would be accepted"
        yield warning(
            where, message, "take a smaller `atol`, or arguments that give larger results"
        )
    if Fact.GRADIENT in case.checks and _has_no_leaf(seen):
        message = "`check: [grad]`, but no argument requires a gradient, so nothing is checked"
        yield warning(
            where, message, "write `.requires_grad_()` behind an argument, or leave the check out"
        )
    if case.raises in _ANYTHING:
        message = f"`raises: {case.raises}` accepts any exception, a typing error's too"
        yield warning(where, message, "name the class that the solution raises")


def _has_no_leaf(seen: list[Observation]) -> bool:
    graded = [
        each for each in seen if each.ending is Ending.RETURNED and each.gradients is not None
    ]
    return bool(graded) and not any(each.gradients for each in graded)
