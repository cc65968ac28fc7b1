"""The global state is read as it is, and put back before the next call."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch

from judge.sandbox.child import state


@pytest.fixture(autouse=True)
def start() -> Iterator[list[tuple[str, str]]]:
    """The state before a test, which it finds again after itself."""
    threads = torch.get_num_threads()
    before = state.snapshot()
    yield before
    state.restore(before, now=state.snapshot())
    torch.set_num_threads(threads)


def set_dtype() -> None:
    torch.set_default_dtype(torch.float64)


def set_device() -> None:
    torch.set_default_device("meta")


def set_threads() -> None:
    torch.set_num_threads(torch.get_num_threads() + 1)


def set_deterministic() -> None:
    torch.use_deterministic_algorithms(mode=True)


def set_grad() -> None:
    torch.set_grad_enabled(mode=False)


CHANGES: list[tuple[str, Callable[[], object]]] = [
    ("grad_mode", set_grad),
    ("default_dtype", set_dtype),
    ("default_device", set_device),
    ("num_threads", set_threads),
    ("deterministic", set_deterministic),
    ("rng_torch", lambda: torch.randn(1)),
    ("rng_numpy", lambda: np.random.rand()),  # noqa: NPY002  the global one
    ("rng_python", random.random),
]


def differing(before: list[tuple[str, str]]) -> list[str]:
    return [name for (name, text) in state.snapshot() if dict(before)[name] != text]


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=[name for name, _ in CHANGES])
def test_a_change_is_seen_where_it_is_and_nowhere_else(
    name: str, change: Callable[[], object], start: list[tuple[str, str]]
) -> None:
    change()
    assert differing(start) == [name]


def test_everything_that_is_looked_at_has_a_change_in_these_tests() -> None:
    assert [name for name, _ in state.snapshot()] == [name for name, _ in CHANGES]


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=[name for name, _ in CHANGES])
def test_all_but_the_generators_is_put_back(
    name: str, change: Callable[[], object], start: list[tuple[str, str]]
) -> None:
    change()
    state.restore(start, now=state.snapshot())
    assert differing(start) == ([name] if name.startswith("rng_") else [])


def test_several_changes_at_once_are_put_back(start: list[tuple[str, str]]) -> None:
    for change in (set_dtype, set_device, set_threads, set_deterministic, set_grad):
        change()
    state.restore(start, now=state.snapshot())
    assert differing(start) == []


def test_one_seed_makes_every_generator_draw_the_same() -> None:
    def drawn() -> tuple[float, float, float]:
        state.seed_everything(7)
        return torch.rand(1).item(), float(np.random.rand()), random.random()  # noqa: NPY002, S311

    assert drawn() == drawn()
    state.seed_everything(7)
    one = dict(state.snapshot())
    state.seed_everything(8)
    other = dict(state.snapshot())
    assert all(one[name] != other[name] for name in ("rng_torch", "rng_numpy", "rng_python"))


def test_any_seed_of_63_bits_can_be_used() -> None:
    state.seed_everything((1 << 63) - 1)
    state.seed_everything(0)


def test_looking_draws_nothing() -> None:
    assert state.snapshot() == state.snapshot()
