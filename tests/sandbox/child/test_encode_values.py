"""Plain values, containers and modules arrive as they are; the rest is named and left."""
# ruff: noqa: ANN401 - a child may send anything.

from __future__ import annotations

from collections import OrderedDict, namedtuple
from typing import Any

import numpy as np
import pytest
import torch

from judge.domain.observation import (
    MappingNode,
    ModuleNode,
    Node,
    OpaqueNode,
    ScalarNode,
    SequenceNode,
    SymbolNode,
)
from judge.sandbox.protocol import MAX_DEPTH, MAX_NODES, MAX_TEXT_BYTES
from tests.sandbox.child.sending import one


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
