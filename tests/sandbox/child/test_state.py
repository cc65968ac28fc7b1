"""The global state is read as it is, and put back before the next call."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch

from judge.sandbox.child import generators, state
from judge.sandbox.child.state import State


@pytest.fixture(autouse=True)
def start() -> Iterator[State]:
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


def set_autocast() -> None:
    torch.set_autocast_enabled("cpu", True)  # noqa: FBT003  it has no name


def set_anomaly() -> None:
    torch.autograd.set_detect_anomaly(mode=True)


CHANGES: list[tuple[str, Callable[[], object]]] = [
    ("grad_mode", set_grad),
    ("autocast", set_autocast),
    ("anomaly_mode", set_anomaly),
    ("default_dtype", set_dtype),
    ("default_device", set_device),
    ("num_threads", set_threads),
    ("deterministic", set_deterministic),
    ("rng_torch", lambda: torch.randn(1)),
    ("rng_numpy", np.random.rand),
    ("rng_python", random.random),
]


def named(seen: State) -> dict[str, str]:
    return dict(line.split("=") for line in state.as_text(seen).splitlines())


def differing(before: State) -> list[str]:
    was = named(before)
    return [name for name, text in named(state.snapshot()).items() if was[name] != text]


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=[name for name, _ in CHANGES])
def test_a_change_is_seen_where_it_is_and_nowhere_else(
    name: str, change: Callable[[], object], start: State
) -> None:
    change()
    assert differing(start) == [name]


def test_everything_that_is_looked_at_has_a_change_in_these_tests() -> None:
    tested = {name for name, _ in CHANGES} | {"inference_mode"}
    assert set(named(state.snapshot())) == tested


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=[name for name, _ in CHANGES])
def test_all_but_the_generators_is_put_back(
    name: str, change: Callable[[], object], start: State
) -> None:
    change()
    state.restore(start, now=state.snapshot())
    assert differing(start) == ([name] if name.startswith("rng_") else [])


def test_several_changes_at_once_are_put_back(start: State) -> None:
    for name, change in CHANGES:
        if not name.startswith("rng_"):
            change()
    state.restore(start, now=state.snapshot())
    assert differing(start) == []


LEFT_ON = """
import torch
from judge.sandbox.child import generators, state
from judge.sandbox.child.state import State
start = state.snapshot()
held = torch.inference_mode()
held.__enter__()
now = state.snapshot()
print(set(state.as_text(now).split()) - set(state.as_text(start).split()))
state.restore(start, now=now)
print(state.snapshot() == start)
"""


def test_inference_mode_that_was_left_on_is_seen_and_put_back() -> None:
    # In a process of its own: what puts it back is kept for good.
    command = [sys.executable, "-c", LEFT_ON]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seen, back = done.stdout.splitlines()
    assert "inference_mode=on" in seen
    assert back == "True"


def test_one_seed_makes_every_generator_draw_the_same() -> None:
    def drawn() -> tuple[float, float, float]:
        generators.seed_everything(7)
        return torch.rand(1).item(), float(np.random.rand()), random.random()  # noqa: S311

    assert drawn() == drawn()
    generators.seed_everything(7)
    one = named(state.snapshot())
    generators.seed_everything(8)
    other = named(state.snapshot())
    assert all(one[name] != other[name] for name in ("rng_torch", "rng_numpy", "rng_python"))


def test_any_seed_of_63_bits_can_be_used() -> None:
    generators.seed_everything((1 << 63) - 1)
    generators.seed_everything(0)


def test_looking_draws_nothing() -> None:
    assert state.snapshot() == state.snapshot()
