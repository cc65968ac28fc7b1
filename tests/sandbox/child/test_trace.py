"""What a run really called is named as a student would write it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F  # noqa: N812  its usual name

from judge.sandbox.child.trace import CallTrace, OperationTrace

X = torch.ones(2, 2)


def called(function: Callable[[], object]) -> set[str]:
    with CallTrace() as trace:
        function()
    names: set[str] = trace.names
    return names


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (lambda: torch.mm(X, X), "torch.mm"),
        (lambda: torch.einsum("ij->ji", X), "torch.einsum"),
        (X.sum, "torch.Tensor.sum"),
        (lambda: X + X, "torch.Tensor.add"),
        (lambda: X @ X, "torch.Tensor.matmul"),
        (lambda: X.sum().item(), "torch.Tensor.item"),
        (lambda: F.linear(X, X), "torch.nn.functional.linear"),
        (lambda: F.cross_entropy(X, X), "torch.nn.functional.cross_entropy"),
        (lambda: torch.nn.ReLU()(X), "torch.nn.functional.relu"),
        (lambda: torch.cat([X, X]), "torch.cat"),
        (lambda: torch.stack([X, X]), "torch.stack"),
    ],
)
def test_a_call_is_named_as_users_name_it(function: Callable[[], object], name: str) -> None:
    assert name in called(function)


def test_a_function_under_another_name_is_still_itself() -> None:
    alias = torch.mm
    assert "torch.mm" in called(lambda: alias(X, X))


def test_what_was_not_called_is_not_named() -> None:
    assert not called(lambda: len([X]))


def test_each_dispatched_operation_is_counted() -> None:
    with OperationTrace() as trace:
        for _ in range(3):
            torch.mm(X, X)
        X.sum()
    assert trace.counts["aten.mm.default"] == 3
    assert trace.counts["aten.sum.default"] == 1


def test_what_runs_outside_is_not_counted() -> None:
    with OperationTrace() as trace:
        pass
    torch.mm(X, X)
    assert not trace.counts
