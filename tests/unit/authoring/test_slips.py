"""The edits that stand for a tired student's: each is one change at one place, and is Python."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

import pytest

from judge.authoring.slips import slips
from judge.domain.problem import Problem

MakeProblem = Callable[..., Problem]

SCALED = "def f(x):\n    return x.clone() / x.sum(dim=1, keepdim=True)\n"
STEP = """
def f(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad
                p.grad.zero_()
"""
TRIED = """
def f(work):
    before = torch.get_num_threads()
    try:
        return work()
    finally:
        torch.set_num_threads(before)
"""


@pytest.fixture
def edited(problem: MakeProblem) -> Callable[[str], dict[str, str]]:
    """Return the slips of a solution: name to text."""

    def made(solution: str) -> dict[str, str]:
        found = [(each.name, each.code) for each in slips(replace(problem(), solution=solution))]
        assert len({text for _, text in found}) == len(found)
        for _, text in found:
            ast.parse(text)
        return dict(found)

    return made


@pytest.mark.parametrize(
    ("solution", "name", "expected"),
    [
        (SCALED, "no keepdim=", "x.clone() / x.sum(dim=1)"),
        (SCALED, "one less: 1", "x.sum(dim=0, keepdim=True)"),
        (SCALED, "one more: 1", "x.sum(dim=2, keepdim=True)"),
        (SCALED, "no .clone()", "return x / x.sum("),
        (SCALED, "another operator", "x.clone() // x.sum("),
        (SCALED, "a copy too many", "return _tj_copied(x.clone()"),
        (SCALED, "detached", "return _tj_detached(x.clone()"),
        (STEP, "without torch.no_grad()", "(params, lr):\n    for p in params:"),
        (STEP, "not in place", "p = p - lr * p.grad"),
        (STEP, "forgotten: p.grad.zero_()", "p -= lr * p.grad"),
        (STEP, "always", "for p in params:\n            p -= lr"),
        (TRIED, "finally too late", "return work()\n    torch.set_num_threads(before)"),
        ("def f(n):\n    return list(range(n))", "one more: range(n)", "range(n + 1)"),
        ("def f(x):\n    x.add_(1)\n    return x", "add for add_", "x.add(1)"),
        ("def f(x):\n    return x.add(1)", "add_ for add", "x.add_(1)"),
        ("def f(x):\n    return x[:, 1:]", "without the last", "x[:, 1:-1]"),
        ("def f(x):\n    if x < 1:\n        raise ValueError\n    return x", "not raised", "None"),
    ],
)
def test_a_slip_changes_one_thing(
    edited: Callable[[str], dict[str, str]], solution: str, name: str, expected: str
) -> None:
    texts = [text for each, text in edited(solution).items() if name in each]
    assert any(expected in text for text in texts), texts


def test_a_slip_is_named_by_its_line(edited: Callable[[str], dict[str, str]]) -> None:
    assert "line 2: no .clone(): x.clone()" in edited(SCALED)


def test_names_of_modules_are_no_objects_to_call_something_on(
    edited: Callable[[str], dict[str, str]],
) -> None:
    found = edited("def f(x):\n    return torch.cat([x, x], dim=0)")
    assert not [text for text in found.values() if "return torch\n" in text]
    assert any("torch.stack([x, x], dim=0)" in text for text in found.values())
