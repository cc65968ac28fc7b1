"""Shape, dtype, device: which come first, which hide which, and what their messages claim."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from judge.domain.observation import Node
from judge.domain.verdict import Fact
from tests.unit.comparison.build import (
    NAN,
    array,
    differences,
    keys,
    only,
    raw,
    sequence,
    tensor,
)


def facts(got: Node, want: Node) -> list[Fact]:
    return [difference.fact for difference in differences(got, want)]


def test_a_broadcastable_shape_is_a_wrong_shape() -> None:
    assert facts(tensor([1.0]), tensor([1.0, 1.0, 1.0])) == [Fact.SHAPE]
    assert facts(tensor(1.0), tensor([1.0])) == [Fact.SHAPE]


def test_values_are_not_compared_where_shape_or_dtype_differ_but_elsewhere_they_are() -> None:
    want = sequence(tensor([1.0]), tensor([1.0]), tensor([1.0]))
    got = sequence(tensor([9.0, 9.0]), tensor([9.0], "float64"), tensor([9.0]))
    found = differences(got, want)
    assert [(each.fact, each.path) for each in found] == [
        (Fact.SHAPE, "result[0]"),
        (Fact.DTYPE, "result[1]"),
        (Fact.VALUE, "result[2]"),
    ]


def test_shape_and_dtype_and_device_may_all_differ_at_one_path() -> None:
    got = replace(tensor([1.0, 2.0], "float64"), device="cuda:0")
    assert facts(got, tensor([1.0])) == [Fact.SHAPE, Fact.DTYPE, Fact.DEVICE]


def test_int64_is_not_float32_and_float64_is_not_float32() -> None:
    assert facts(tensor([1, 2], "int64"), tensor([1.0, 2.0])) == [Fact.DTYPE]
    assert facts(array([1.0], "float32"), array([1.0], "float64")) == [Fact.DTYPE]


@pytest.mark.parametrize(
    ("got", "want", "key"),
    [
        ((3, 1), (3,), "ones"),
        ((), (1, 1), "ones"),
        ((2, 3), (3, 2), "order"),
        ((6,), (3, 2), "elements"),
        ((4, 3), (3, 4, 5), "rank"),
        ((2, 3), (2, 4), "sizes"),
        ((2,) * 20, (3,) * 20, "sizes"),
        ((2,) * 20, (3,) * 21, "rank"),
    ],
)
def test_the_message_says_how_two_shapes_differ(
    got: tuple[int, ...], want: tuple[int, ...], key: str
) -> None:
    nodes = (raw(b"", "float32", got, omitted=True), raw(b"", "float32", want, omitted=True))
    assert keys(differences(*nodes)) == [f"shape.{key}"]


@pytest.mark.parametrize(
    ("got", "want", "key"),
    [
        (tensor([1.0, 2.0], "float64"), tensor([1.0, 2.0]), "only"),
        (tensor([1, 2], "int64"), tensor([1.0, 2.0]), "only"),
        (tensor([1.0, 2.5], "float64"), tensor([1.0, 2.0]), "double"),
        (tensor([1, 2], "int64"), tensor([1.5, 2.0]), "integer"),
        (tensor([1.5]), tensor([1], "int64"), "floating"),
        (tensor([3], "int64"), tensor([True], "bool"), "mask"),
        (tensor([3.0], "complex64"), tensor([1.0]), "differs"),
        (raw(b"\x00", "float8_e5m2", (1,)), tensor([0.0]), "differs"),
        (tensor([NAN], "float64"), tensor([NAN]), "double"),
        (tensor([], "float64"), tensor([]), "double"),
    ],
)
def test_only_verified_numbers_are_called_right(got: Node, want: Node, key: str) -> None:
    assert keys(differences(got, want)) == [f"dtype.{key}"]


def test_another_device_is_named() -> None:
    found = only(differences(tensor([1.0]), tensor([1.0], device="cuda:0")))
    assert (found.fact, found.expected, found.got) == (Fact.DEVICE, "cuda:0", "cpu")


def test_without_values_in_the_key_only_the_form_is_compared() -> None:
    simulated = tensor([1.0], device="cuda:0", data=None)
    assert not differences(simulated, simulated)
    assert not differences(tensor([5.0], device="cuda:0"), simulated)


def test_an_answer_that_keeps_its_values_to_itself_is_not_accepted() -> None:
    assert keys(differences(tensor([1.0], data=None), tensor([1.0]))) == ["value.absent"]


def test_what_was_too_large_to_send_is_not_accepted_on_either_side() -> None:
    whole, omitted = tensor([1.0]), tensor([1.0], data=None, omitted=True)
    for got, want in ((omitted, whole), (whole, omitted), (omitted, replace(omitted))):
        assert keys(differences(got, want)) == ["value.omitted"]


def test_empty_tensors_have_no_values_to_compare() -> None:
    empty = tensor([[], []])
    assert not differences(replace(empty, data=None, omitted=True), empty)


@pytest.mark.parametrize("shape", [(3,), (10**30,), (-1,), (2,) * 2000, (10**9,) * 10])
def test_data_that_does_not_fit_its_shape_is_not_accepted(shape: tuple[int, ...]) -> None:
    got, want = raw(b"\x00" * 8, "float32", shape), raw(b"\x01" * 8, "float32", shape)
    assert keys(differences(got, want)) == ["value.unreadable"]


def test_a_gradient_that_a_leaf_holds_is_part_of_it() -> None:
    bare, held = tensor([1.0]), tensor([1.0], grad=tensor([2.0]))
    assert not differences(held, held)
    assert keys(differences(bare, held)) == ["value.grad_missing"]
    assert keys(differences(held, bare)) == ["value.grad_extra"]
    found = only(differences(tensor([1.0], grad=tensor([3.0])), held))
    assert (found.fact, found.path) == (Fact.VALUE, "result.grad")


@pytest.mark.parametrize(
    ("got", "want", "key"),
    [
        ([0.0, 0.0], [1.0, 2.0], "zeros"),
        ([-1.0, -2.0], [1.0, 2.0], "negated"),
        ([3.0, 6.0], [1.0, 2.0], "scaled"),
        ([2.0, 3.0], [1.0, 2.0], "shifted"),
        ([2.0, 1.0, 5.0], [1.0, 5.0, 2.0], "reordered"),
        ([NAN, 1.0], [1.0, 1.0], "nan"),
        ([np.inf, 1.0], [1.0, 1.0], "infinite"),
        ([1.0, 1.0], [NAN, 1.0], "nan_expected"),
        ([1.001, 2.0], [1.0, 2.0], "close"),
        ([5.0, 2.0, 9.0], [1.0, 2.0, 3.0], "some"),
        ([5.0, 5.0], [1.0, 1.0], "all"),
        ([5.0], [1.0], "single"),
    ],
)
def test_the_message_names_the_pattern_of_wrong_values(
    got: list[float], want: list[float], key: str
) -> None:
    found = only(differences(tensor(got, "float64"), tensor(want, "float64")))
    assert found.message.key == f"value.{key}"
    assert found.values is not None
    assert found.message.parameters["total"] == found.values.total


def test_masks_and_integers_have_their_messages() -> None:
    assert keys(differences(tensor([True], "bool"), tensor([False], "bool"))) == ["value.mask"]
    assert keys(differences(tensor([2, 4], "int64"), tensor([1, 2], "int64"))) == ["value.scaled"]
    assert keys(differences(tensor([1j, 2], "complex64"), tensor([2, 3j], "complex64"))) == [
        "value.all"
    ]


def test_messages_never_hold_the_values_of_a_hidden_case() -> None:
    secret = 0.123456789
    found = only(differences(tensor([1.0, 7.0, 3.0]), tensor([secret, 7.0, 5.0])))
    texts = [str(value) for value in found.message.parameters.values()]
    assert not any("0.12" in text for text in texts)
