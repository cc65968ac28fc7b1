"""What is measured: one problem of ten cases with gradients, and an answer to it."""

from __future__ import annotations

from judge.domain.problem import (
    Case,
    Difficulty,
    Expression,
    IntegerRange,
    Problem,
    Signature,
    Text,
)
from judge.domain.verdict import Fact

SOLUTION = """
import torch

def scores(queries, keys):
    return torch.bmm(queries, keys).relu() * 2 + queries.sum()
"""

ANSWER = """
import torch

def scores(queries, keys):
    hits = queries @ keys
    return 2 * torch.clamp(hits, min=0) + torch.sum(queries)
"""

BARE_PROGRAM = """
import torch
torch.set_num_threads(1)
for _ in range(10):
    a, b = torch.randn(2, 3, 4, requires_grad=True), torch.randn(2, 4, 5, requires_grad=True)
    y = 2 * torch.clamp(a @ b, min=0) + torch.sum(a)
    torch.autograd.grad([y], [a, b], [torch.ones_like(y)])
"""
"""The same ten calls for a fresh interpreter."""

_TEXT = Text("基准", "benchmark")

PROBLEM = Problem(
    slug="bench/scores",
    version="bench",
    title=_TEXT,
    difficulty=Difficulty.EASY,
    signature=Signature(
        "scores(queries: Tensor, keys: Tensor) -> Tensor", "scores", ("queries", "keys")
    ),
    statement=_TEXT,
    solution=SOLUTION,
    given="import torch",
    cases=(
        Case(
            name=_TEXT,
            let=(
                ("n", IntegerRange(2, 4)),
                ("keys", Expression("torch.randn(2, 4, n)")),
            ),
            arguments=("torch.randn(2, 3, 4).requires_grad_()", "keys.requires_grad_()"),
            repeat=10,
            checks=frozenset({Fact.GRADIENT}),
        ),
    ),
)
