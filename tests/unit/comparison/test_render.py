"""Nodes as text: like torch and NumPy print them, and never longer than asked."""

from __future__ import annotations

import numpy as np
import pytest

from judge.comparison import render
from judge.domain.observation import (
    ArrayNode,
    MappingNode,
    ModuleNode,
    Node,
    OpaqueNode,
    ScalarNode,
    SymbolNode,
)
from tests.unit.comparison.build import (
    INF,
    NAN,
    NONE,
    array,
    mapping,
    number,
    raw,
    sequence,
    tensor,
)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (tensor([[1.0, 2.0], [3.0, 4.0]]), "tensor([[1., 2.], [3., 4.]])"),
        (tensor([1.5, -2.25]), "tensor([ 1.5000, -2.2500])"),
        (tensor(3.5), "tensor(3.5000)"),
        (tensor([1e-9, 1.0]), "tensor([1.0000e-09, 1.0000e+00])"),
        (tensor([1.0, NAN, -INF]), "tensor([1., nan, -inf])"),
        (tensor([1, 20, 3], "int64"), "tensor([ 1, 20,  3])"),
        (tensor([1], "int32"), "tensor([1], dtype=torch.int32)"),
        (tensor([True, False], "bool"), "tensor([ True, False])"),
        (tensor([1.0], "float64"), "tensor([1.], dtype=torch.float64)"),
        (tensor([1 + 2j, 3 - 4j], "complex64"), "tensor([1.+2.j, 3.-4.j])"),
        (tensor([]), "tensor([])"),
        (tensor(np.zeros((0, 3))), "tensor([], size=(0, 3))"),
        (
            tensor([1.0], device="cuda:0", requires_grad=True),
            "tensor([1.], device='cuda:0', requires_grad=True)",
        ),
        (
            tensor([1.0], parameter=True, requires_grad=True),
            "Parameter containing: tensor([1.], requires_grad=True)",
        ),
        (
            tensor([1.0, 2.0], data=None, device="cuda:0"),
            "tensor(..., size=(2,), device='cuda:0')",
        ),
        (raw(b"\x00", "float8_e5m2", (1,)), "tensor(..., size=(1,), dtype=torch.float8_e5m2)"),
        (array([[1.5, 2.0]]), "array([[1.5, 2. ]])"),
        (array([0.1], "float32"), "array([0.1], dtype=float32)"),
        (ArrayNode("bfloat16", (1,), (1,), -1, b"\x80\x3f"), "array([1.], dtype=bfloat16)"),
        (number(3), "3"),
        (number("it's"), '"it\'s"'),
        (number(1.5, "numpy.float32"), "np.float32(1.5)"),
        (NONE, "None"),
        (SymbolNode("torch.dtype", "torch.float32"), "torch.float32"),
        (OpaqueNode("sparse_coo tensor", "layout"), "<sparse_coo tensor: layout>"),
        (sequence(number(1), number(2)), "[1, 2]"),
        (sequence(number(1), kind="tuple"), "(1,)"),
        (sequence(kind="set"), "set()"),
        (sequence(number(1), kind="set"), "{1}"),
        (sequence(number(2), number(3), kind="torch.Size"), "torch.Size([2, 3])"),
        (
            sequence(tensor(1.0), tensor(0, "int64"), kind="torch.return_types.max"),
            "torch.return_types.max(tensor(1.), tensor(0))",
        ),
        (mapping(w=number(1)), "{'w': 1}"),
        (mapping("OrderedDict", w=number(1)), "OrderedDict({'w': 1})"),
        (
            ModuleNode("Net", training=True, state=(("w", tensor([1.0])),)),
            "Net(w=tensor([1.]))",
        ),
    ],
)
def test_a_node_reads_like_python(node: Node, text: str) -> None:
    assert render(node) == text


def test_a_wider_matrix_is_written_in_rows_like_torch_does() -> None:
    text = render(tensor(np.arange(24).reshape(2, 12) + 0.5))
    first, *rest = text.split("\n")
    assert first.startswith("tensor([[ 0.5000,")
    assert all(line.startswith(" " * 8) for line in rest)


def test_a_large_tensor_is_summarised_by_its_edges() -> None:
    text = render(tensor(np.arange(10_000, dtype=np.int64).reshape(100, 100), "int64"))
    assert text.startswith("tensor([[   0,    1,    2, ...,   97,   98,   99],")
    assert "...," in text
    assert text.endswith("9997, 9998, 9999]])")
    assert len(text) <= 1000


@pytest.mark.parametrize("limit", [0, 1, 10, 100, 1000])
@pytest.mark.parametrize(
    "node",
    [
        tensor(np.random.default_rng(0).normal(size=(40, 40))),
        tensor(np.zeros((3,) * 9)),
        tensor(np.zeros((2,) * 12)),
        sequence(*(number(each) for each in range(5000))),
        MappingNode("dict", tuple((number(each), tensor([each])) for each in range(200))),
        number("x" * 10_000),
        number(10**5000),
        array(np.zeros((60, 60))),
    ],
    ids=["matrix", "nine", "twelve", "list", "dict", "text", "integer", "array"],
)
def test_no_text_is_longer_than_its_limit(node: Node, limit: int) -> None:
    assert 0 <= len(render(node, limit=limit)) <= limit


def test_a_deep_node_ends_in_an_ellipsis() -> None:
    node: Node = NONE
    for _ in range(20_000):
        node = sequence(node)
    assert "…" in render(node)


def test_a_liars_names_show_no_control_characters() -> None:
    node = MappingNode("\x1b[2J", ((ScalarNode("str", "\x07"), OpaqueNode("\x00", "\r")),))
    assert render(node).isprintable()
