"""Tensors and arrays of every dtype and form arrive bit by bit."""
# ruff: noqa: ANN401 - a child may send anything.

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from judge.domain.observation import (
    ArrayNode,
    TensorNode,
)
from judge.sandbox.protocol import DTYPES
from tests.sandbox.child.sending import again, array, sent, tensor


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_tensor_of_any_dtype_arrives_bit_by_bit(dtype: str) -> None:
    kind = getattr(torch, dtype)
    original = torch.arange(12, dtype=torch.uint8).view(torch.uint8).repeat(16)
    if kind is torch.bool:
        original = original % 2
    original = original[: 12 * kind.itemsize].view(kind).reshape(3, 4)
    node = tensor(original)
    assert (node.dtype, node.shape, node.strides) == (dtype, (3, 4), (4, 1))
    assert (node.device, node.offset, node.omitted) == ("cpu", 0, False)
    back = again(node)
    assert torch.equal(back.view(torch.uint8), original.view(torch.uint8))


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (torch.tensor(2.5), ()),
        (torch.empty(0), (0,)),
        (torch.empty(3, 0, 2), (3, 0, 2)),
        (torch.ones(1, 1, 1), (1, 1, 1)),
    ],
)
def test_tensors_of_no_dimensions_and_of_no_elements_arrive(
    value: torch.Tensor, shape: tuple[int, ...]
) -> None:
    node = tensor(value)
    assert node.shape == shape
    assert torch.equal(again(node), value)
    assert (node.storage == -1) is (value.numel() == 0)


BASE = torch.arange(24.0).reshape(4, 6)


@pytest.mark.parametrize(
    "view",
    [
        BASE.T,
        BASE[1:, ::2],
        BASE[:, 3],
        BASE.unfold(1, 3, 1),
        BASE[:1].expand(5, 6),
        BASE.flip(0),
        torch.view_as_complex(torch.arange(8.0).reshape(4, 2)).conj(),
        torch.view_as_complex(torch.arange(8.0).reshape(4, 2)).conj().imag,
    ],
)
def test_a_view_arrives_in_row_major_order_with_its_own_strides(view: torch.Tensor) -> None:
    node = tensor(view)
    assert node.shape == tuple(view.shape)
    assert node.strides == view.stride()
    assert node.offset == view.storage_offset()
    assert torch.equal(again(node), view.resolve_conj().resolve_neg().contiguous())


@pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.complex32, torch.float8_e5m2])
def test_views_of_dtypes_that_numpy_lacks_arrive_too(dtype: torch.dtype) -> None:
    original = torch.arange(24, dtype=torch.uint8).repeat(4)[: 12 * dtype.itemsize].view(dtype)
    view = original.reshape(3, 4).T
    assert torch.equal(again(tensor(view)).view(torch.uint8), view.contiguous().view(torch.uint8))


def test_special_numbers_arrive() -> None:
    data = tensor(torch.tensor([math.nan, math.inf, -math.inf, -0.0])).data
    assert data is not None
    values = np.frombuffer(data, "<f4")
    assert np.isnan(values[0])
    assert list(values[1:3]) == [math.inf, -math.inf]
    assert math.copysign(1, values[3]) == -1


def test_memory_that_is_shared_has_one_number() -> None:
    base = torch.zeros(4)
    nodes = sent(base, base[1:], torch.zeros(4), base.numpy(), base.numpy()[2:], np.zeros(3))
    numbers = [each.storage for each in nodes if isinstance(each, TensorNode | ArrayNode)]
    assert numbers[0] == numbers[1] == numbers[3] == numbers[4]
    assert len({numbers[0], numbers[2], numbers[5]}) == 3


def test_a_parameter_a_leaf_and_a_result_are_told_apart() -> None:
    leaf = torch.ones(2, requires_grad=True)
    plain, wanting, parameter, result = (
        tensor(each) for each in (torch.ones(2), leaf, torch.nn.Parameter(leaf), leaf * 2)
    )
    assert [each.requires_grad for each in (plain, wanting, parameter, result)] == [
        False,
        True,
        True,
        True,
    ]
    assert [each.is_leaf for each in (plain, wanting, parameter, result)] == [
        True,
        True,
        True,
        False,
    ]
    assert [each.parameter for each in (plain, wanting, parameter, result)] == [
        False,
        False,
        True,
        False,
    ]


def test_a_leaf_is_sent_with_its_gradient() -> None:
    leaf = torch.ones(2, requires_grad=True)
    leaf.grad = torch.full((2,), 3.0)
    grad = tensor(leaf).grad
    assert isinstance(grad, TensorNode)
    assert torch.equal(again(grad), torch.tensor([3.0, 3.0]))
    assert tensor(torch.ones(2)).grad is None


def test_a_tensor_that_is_too_large_is_sent_without_its_elements() -> None:
    node = tensor(torch.zeros(1).expand(1 << 30))
    assert (node.data, node.omitted, node.shape) == (None, True, (1 << 30,))


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([1.5, 2.5], "float64"),
        ([1, 2], "int16"),
        ([True, False], "bool"),
        ([1j, 2], "complex64"),
        ([1.5, 2], "float16"),
    ],
)
def test_an_array_arrives_whatever_its_byte_order_and_strides(values: Any, dtype: str) -> None:
    original = np.array([values, values], dtype=dtype)
    for each in (original, original.T, original.astype(original.dtype.newbyteorder(">"))):
        node = array(each)
        assert (node.dtype, node.shape) == (dtype, each.shape)
        assert node.strides == tuple(step // each.itemsize for step in each.strides)
        assert node.data is not None
        little = np.frombuffer(node.data, dtype=np.dtype(dtype).newbyteorder("<"))
        assert np.array_equal(little.reshape(each.shape), each)


def test_arrays_of_no_dimensions_and_of_no_elements_arrive() -> None:
    assert array(np.array(2.0)).shape == ()
    empty = array(np.zeros((0, 3)))
    assert (empty.shape, empty.data, empty.storage) == ((0, 3), b"", -1)
