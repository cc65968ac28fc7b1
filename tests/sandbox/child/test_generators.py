"""Generators are looked at where they lie, and what is seen there is what they would say."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch

from judge.sandbox.child import generators

DRAWS: dict[str, Callable[[], object]] = {
    "a number": lambda: torch.rand(1),
    "one of a pair of normal numbers": lambda: torch.randn(1),
    "both of a pair": lambda: (torch.randn(1), torch.randn(1)),
    "one of a pair, in double": lambda: torch.randn(1, dtype=torch.float64),
    "many": lambda: torch.randn(1000),
    "more than there are words": lambda: torch.rand(5000),
    "an integer": lambda: torch.randint(10, (1,)),
    "another seed": lambda: torch.manual_seed(3),
    "an order": lambda: torch.randperm(5),
}


@pytest.fixture(autouse=True)
def _as_found() -> Iterator[None]:
    torchs, numpys, pythons = torch.get_rng_state(), np.random.get_state(), random.getstate()
    yield
    torch.set_rng_state(torchs)
    np.random.set_state(numpys)
    random.setstate(pythons)


def test_torch_s_words_are_where_they_are_looked_for() -> None:
    assert generators._words is not None  # noqa: SLF001  else each look costs ten times as much


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_torch_s_state_has_changed_where_torch_says_so(draw: Callable[[], object]) -> None:
    seen, said = [], []
    for step in (lambda: None, draw, draw, lambda: torch.manual_seed(1), draw):
        step()
        seen.append(generators.digests()[0])
        said.append(generators._asked())  # noqa: SLF001  the way for a torch that we don't know
    pairs = [(one, other) for one in range(5) for other in range(one)]
    assert [seen[i] == seen[j] for i, j in pairs] == [said[i] == said[j] for i, j in pairs]


def test_a_state_that_comes_back_has_its_name_again() -> None:
    generators.seed_everything(5)
    torch.randn(3)
    state, name = torch.get_rng_state(), generators.digests()
    torch.randn(1)
    random.random()  # noqa: S311
    np.random.rand()
    assert all(one != other for one, other in zip(generators.digests(), name, strict=True))
    torch.set_rng_state(state)
    assert generators.digests()[0] == name[0]


def test_what_a_forgotten_number_has_left_behind_is_not_looked_at() -> None:
    generators.seed_everything(5)
    fresh = generators.digests()
    torch.randn(1)
    generators.seed_everything(5)
    assert generators.digests() == fresh


def test_numbers_that_python_draws_in_pairs_are_forgotten_too() -> None:
    generators.seed_everything(5)
    first = random.gauss(0, 1)
    generators.seed_everything(5)
    assert random.gauss(0, 1) == first


def test_seeding_anew_is_not_the_same_as_never_drawing() -> None:
    generators.seed_for_a_call(9)
    before = generators.digests()
    torch.manual_seed(9)
    np.random.seed(9)
    random.seed(9)
    assert all(one != other for one, other in zip(generators.digests(), before, strict=True))


def test_a_mode_that_is_left_on_does_not_hide_a_draw() -> None:
    torch.set_default_device("meta")
    try:
        before = generators.digests()
        torch.rand(1, device="cpu")
        assert generators.digests()[0] != before[0]
    finally:
        torch.set_default_device(None)
