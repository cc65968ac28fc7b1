"""Strides, contiguity, and which tensors share memory."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.comparison import compare
from judge.domain.observation import Observation, TensorNode
from judge.domain.report import Difference
from judge.domain.verdict import Fact
from tests.unit.comparison.build import differences, keys, only, returned, sequence, tensor


def strided(shape: tuple[int, ...], strides: tuple[int, ...]) -> TensorNode:
    return tensor(np.zeros(shape), strides=strides)


@pytest.mark.parametrize(
    ("got", "want", "key"),
    [
        ((1, 2), (3, 1), "layout.not_contiguous"),
        ((3, 1), (1, 2), "layout.contiguous"),
        ((6, 2), (1, 2), "layout.strides"),
        ((1,), (3, 1), "layout.not_contiguous"),
        ((3, 1, 1), (3, 1), "layout.not_contiguous"),
    ],
)
def test_strides_are_compared_on_request(
    got: tuple[int, ...], want: tuple[int, ...], key: str
) -> None:
    nodes = strided((2, 3), got), strided((2, 3), want)
    assert not differences(*nodes)
    assert only(differences(*nodes, Fact.LAYOUT)).message.key == key


def test_strides_of_single_elements_and_of_empty_tensors_say_nothing() -> None:
    assert not differences(strided((1, 3), (99, 1)), strided((1, 3), (3, 1)), Fact.LAYOUT)
    assert not differences(strided((0, 3), (7, 7)), strided((0, 3), (3, 1)), Fact.LAYOUT)
    assert not differences(strided((1, 1), (7, 9)), strided((1, 1), (1, 1)), Fact.LAYOUT)


def test_layout_is_not_compared_where_the_shape_differs() -> None:
    found = differences(strided((2, 3), (1, 2)), strided((3, 2), (2, 1)), Fact.LAYOUT)
    assert keys(found) == ["shape.order"]


def call(arguments: list[int], results: list[int]) -> Observation:
    """Return a call whose tensors lie in the storages given by number."""
    return returned(
        sequence(*(tensor([1.0], storage=each) for each in results)),
        arguments=tuple((f"a{i}", tensor([1.0], storage=s)) for i, s in enumerate(arguments)),
    )


def check(got: Observation, want: Observation) -> tuple[Difference, ...]:
    return compare(got, want=want, checks=frozenset({Fact.MEMORY}))


def test_the_numbers_of_storages_do_not_matter_only_who_shares() -> None:
    assert not check(call([7, 8], [8, 9]), call([0, 1], [1, 2]))


def test_a_copy_where_a_view_is_expected_is_found() -> None:
    found = only(check(call([0], [1]), call([0], [0])))
    assert found.message.key == "memory.not_shared"
    assert found.message.parameters == {"path": "result[0]", "other": "arguments.a0"}


def test_a_view_where_a_copy_is_expected_is_found() -> None:
    found = only(check(call([0, 1], [1]), call([0, 1], [2])))
    assert found.message.key == "memory.shared_but_should_not"
    assert found.message.parameters == {"path": "result[0]", "other": "arguments.a1"}


def test_results_that_share_with_each_other_are_found() -> None:
    found = only(check(call([], [3, 3]), call([], [3, 4])))
    assert found.message.parameters == {"path": "result[1]", "other": "result[0]"}


def test_tensors_without_storage_share_with_none() -> None:
    assert not check(call([-1], [-1, -1]), call([-1], [-1, -1]))
    assert keys(check(call([-1], [-1]), call([0], [0]))) == ["memory.not_shared"]


def test_memory_is_compared_only_on_request() -> None:
    assert not compare(call([0], [0]), want=call([0], [1]), checks=frozenset())


storages = st.lists(st.integers(-1, 3), max_size=6)


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=7), st.integers(0, 7))
def test_the_reported_pair_really_shares_in_one_and_not_in_the_other(
    numbers: list[tuple[int, int]], split: int
) -> None:
    got = call([g for g, _ in numbers[:split]], [g for g, _ in numbers[split:]])
    want = call([w for _, w in numbers[:split]], [w for _, w in numbers[split:]])
    names = [f"arguments.a{i}" for i in range(len(numbers[:split]))]
    names += [f"result[{i}]" for i in range(len(numbers[split:]))]

    def shares(one: int, other: int, side: int) -> bool:
        return numbers[one][side] == numbers[other][side] >= 0

    pairs = [(a, b) for a in range(len(numbers)) for b in range(a)]
    wrong = [pair for pair in pairs if shares(*pair, 0) != shares(*pair, 1)]
    found = check(got, want)
    assert bool(found) is bool(wrong)
    if found:
        parameters = found[0].message.parameters
        pair = (names.index(str(parameters["path"])), names.index(str(parameters["other"])))
        assert pair in wrong
        assert (found[0].message.key == "memory.not_shared") is shares(*pair, 1)


def test_thousands_of_tensors_that_all_share_take_no_quadratic_time() -> None:
    many = [0] * 5000
    start = time.process_time()
    assert not check(call(many, many), call(many, many))
    # Quadratic would be fifty million pairs: minutes. A generous bound, not a benchmark.
    assert time.process_time() - start < 10
