"""A problem that cannot be judged comes to one finding, with its place and a remedy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge.authoring.checking import broken
from judge.domain.problem import Case, Problem
from judge.errors import AuthorError


@pytest.mark.parametrize(
    ("text", "where", "remedy"),
    [
        ("case 'two': the solution: over the time limit after 2 s", "case 'two'", "endless loop"),
        ("the inputs of case 'two' can't be made: NameError: x", "case 'two'", "expressions"),
        ("given can't be made: NameError: x", "given", "expressions"),
        ("the solution can't be called: missing", "solution", "signature"),
        ("case 'one': the solution: ValueError: x", "case 'one'", "raises"),
    ],
)
def test_a_broken_problem_is_told_by_its_place(
    problem: Callable[..., Problem],
    case: Callable[..., Case],
    text: str,
    where: str,
    remedy: str,
) -> None:
    whole = problem(case("one"), case("two"))
    finding = broken(AuthorError(f"{whole.slug}: {text}"), whole)
    assert finding.severity == "error"
    assert finding.where == where
    assert finding.message == text
    assert remedy in finding.remedy
