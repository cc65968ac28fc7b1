"""What a child writes, the worker reads as it was: every dtype, form and kind of value."""
# ruff: noqa: ANN401 - a child may send anything.

from __future__ import annotations

import math
from collections import OrderedDict, namedtuple
from typing import Any

import numpy as np
import pytest
import torch

from judge.domain.observation import (
    ArrayNode,
    MappingNode,
    ModuleNode,
    Node,
    OpaqueNode,
    ScalarNode,
    SequenceNode,
    SymbolNode,
    TensorNode,
)
from judge.sandbox.child import genuine
from judge.sandbox.child.encode import Encoder
from judge.sandbox.protocol import DTYPES, MAX_DEPTH, MAX_NODES, MAX_TEXT_BYTES
from judge.sandbox.reader import Reader


def sent(*values: Any) -> list[Node]:
    """Write values into one frame, and read them as the worker does."""
    encoder = Encoder()
    with genuine.plain_tensors():
        for value in values:
            encoder.node(value)
    reader = Reader(bytes(encoder.out))
    nodes = [reader.node() for _ in values]
    reader.end()
    return nodes


def one(value: Any) -> Node:
    (node,) = sent(value)
    return node


def tensor(value: Any) -> TensorNode:
    node = one(value)
    assert isinstance(node, TensorNode), node
    return node


def array(value: Any) -> ArrayNode:
    node = one(value)
    assert isinstance(node, ArrayNode), node
    return node


def again(node: TensorNode) -> torch.Tensor:
    """Build a tensor from the bytes that were sent."""
    dtype = getattr(torch, node.dtype)
    assert node.data is not None
    if not node.data:
        return torch.empty(node.shape, dtype=dtype)
    return torch.frombuffer(bytearray(node.data), dtype=dtype).reshape(node.shape)


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
    ("value", "node"),
    [
        (None, ScalarNode("NoneType", None)),
        (True, ScalarNode("bool", True)),  # noqa: FBT003
        (False, ScalarNode("bool", False)),  # noqa: FBT003
        (0, ScalarNode("int", 0)),
        (-1, ScalarNode("int", -1)),
        (255, ScalarNode("int", 255)),
        (-(1 << 70), ScalarNode("int", -(1 << 70))),
        (0.1, ScalarNode("float", 0.1)),
        (1 - 2j, ScalarNode("complex", 1 - 2j)),
        ("é", ScalarNode("str", "é")),
        (b"\xff", ScalarNode("bytes", b"\xff")),
        (np.float64(0.5), ScalarNode("numpy.float64", 0.5)),
        (np.int8(-3), ScalarNode("numpy.int8", -3)),
        (np.True_, ScalarNode("numpy.bool", True)),  # noqa: FBT003
        (np.complex64(1j), ScalarNode("numpy.complex64", 1j)),
        (torch.float16, SymbolNode("torch.dtype", "torch.float16")),
        (torch.device("cuda", 1), SymbolNode("torch.device", "cuda:1")),
        (torch.strided, SymbolNode("torch.layout", "torch.strided")),
        (torch.channels_last, SymbolNode("torch.memory_format", "torch.channels_last")),
        (int, SymbolNode("type", "int")),
        (torch.nn.Linear, SymbolNode("type", "torch.nn.modules.linear.Linear")),
        (..., SymbolNode("ellipsis", "Ellipsis")),
        (slice(1, None), SymbolNode("slice", "slice(1, None, None)")),
        (range(3), SymbolNode("range", "range(0, 3)")),
    ],
)
def test_a_plain_value_arrives_as_what_it_is(value: Any, node: Node) -> None:
    assert one(value) == node


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ([1, 2], "list"),
        ((1, 2), "tuple"),
        ({1, 2}, "set"),
        (frozenset({1, 2}), "frozenset"),
        (torch.Size((1, 2)), "torch.Size"),
    ],
)
def test_a_sequence_arrives_with_its_kind(value: Any, kind: str) -> None:
    assert one(value) == SequenceNode(kind, (ScalarNode("int", 1), ScalarNode("int", 2)))


def test_sets_that_are_equal_are_sent_alike() -> None:
    words = [f"word {place}" for place in range(50)]
    backwards = words[::-1]
    assert one(set(words)) == one(set(backwards))


def test_a_result_tuple_keeps_its_name() -> None:
    node = one(torch.max(torch.ones(2, 2), dim=0))
    assert isinstance(node, SequenceNode)
    assert (node.kind, len(node.items)) == ("torch.return_types.max", 2)


def test_a_mapping_arrives_in_its_own_order() -> None:
    items = ((ScalarNode("str", "b"), ScalarNode("int", 1)), (ScalarNode("int", 0), one(None)))
    assert one({"b": 1, 0: None}) == MappingNode("dict", items)
    assert one(OrderedDict({"b": 1, 0: None})) == MappingNode("OrderedDict", items)


def test_a_module_arrives_as_its_state() -> None:
    module = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.BatchNorm1d(1)).eval()
    node = one(module)
    assert isinstance(node, ModuleNode)
    assert (node.kind, node.training) == ("Sequential", False)
    assert [name for name, _ in node.state] == [
        *("0.weight", "0.bias", "1.weight", "1.bias"),
        *("1.running_mean", "1.running_var", "1.num_batches_tracked"),
    ]


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


class _Tensor(torch.Tensor):
    pass


class _List(list[int]):
    pass


class _Odd:
    pass


_Pair = namedtuple("_Pair", "a b")  # noqa: PYI024  as a student would


@pytest.mark.parametrize(
    ("value", "kind", "reason"),
    [
        (_Odd(), "_Odd", "unknown"),
        (print, "builtin_function_or_method", "unknown"),
        (_List([1]), "_List", "subclass"),
        (_Pair(1, 2), "_Pair", "subclass"),
        (torch.ones(2).as_subclass(_Tensor), "_Tensor", "subclass"),
        (torch.eye(2).to_sparse(), "sparse_coo tensor", "layout"),
        (torch.ones(2, device="meta"), "meta tensor", "device"),
        (np.array(["a"]), "array of str32", "unknown"),
        (np.array([None]), "array of object", "unknown"),
        (np.datetime64("2020-01-01"), "numpy.datetime64[D]", "unknown"),
        pytest.param("é" * MAX_TEXT_BYTES, "str", "too_large", id="a long str"),
        pytest.param(bytes(MAX_TEXT_BYTES + 1), "bytes", "too_large", id="long bytes"),
        pytest.param(1 << 40_000, "int", "too_large", id="a large int"),
    ],
)
def test_what_is_not_looked_into_is_named_with_its_reason(
    value: Any, kind: str, reason: str
) -> None:
    assert one(value) == OpaqueNode(kind, reason)


def test_nesting_without_end_is_cut_off_and_still_a_frame() -> None:
    endless: list[Any] = []
    endless.append(endless)
    node, depth = one(endless), 0
    while isinstance(node, SequenceNode):
        (node,) = node.items
        depth += 1
    assert node == OpaqueNode("", "too_deep")
    assert depth == MAX_DEPTH + 1


def test_a_mapping_that_is_its_own_key_s_value_is_cut_off() -> None:
    endless: dict[Any, Any] = {}
    endless["again"] = endless
    assert isinstance(one(endless), MappingNode)


@pytest.mark.parametrize(
    "value",
    [
        [0] * (3 * MAX_NODES),
        [[0] * MAX_NODES, [0] * MAX_NODES],
        {place: place for place in range(3 * MAX_NODES)},
        {(place, (place,)): [place] for place in range(MAX_NODES)},
    ],
)
def test_more_than_may_be_sent_is_cut_off_and_still_a_frame(value: Any) -> None:
    node = one(value)
    assert isinstance(node, SequenceNode | MappingNode)


def test_a_deep_key_is_cut_off_and_still_a_frame() -> None:
    key: Any = 1
    for _ in range(40):
        key = (key,)
    assert isinstance(one({key: 1}), MappingNode)


def test_text_with_half_a_character_arrives_somehow() -> None:
    node = one("a\ud800b")
    assert isinstance(node, ScalarNode)
    assert str(node.value).startswith("a")
