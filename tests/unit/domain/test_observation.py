"""Paths into a result are written as a student would write them."""

from __future__ import annotations

import pytest

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
    notation,
    tensors,
    walk,
)

TENSOR = TensorNode("float32", "cpu", (), (), 0, 0, False, True, False, bytes(4))  # noqa: FBT003
ARRAY = ArrayNode("float64", (), (), 1, bytes(8))
TREE = SequenceNode(
    "list",
    (
        MappingNode("dict", ((ScalarNode("str", "w"), TENSOR), (ScalarNode("int", 3), ARRAY))),
        ModuleNode("Linear", training=True, state=(("0.weight", TENSOR),)),
        ScalarNode("int", 1),
    ),
)


def test_a_walk_comes_by_everything_parents_first() -> None:
    assert [path for path, _ in walk(TREE, "result")] == [
        "result",
        "result[0]",
        "result[0]['w']",
        "result[0][3]",
        "result[1]",
        "result[1].0.weight",
        "result[2]",
    ]


def test_tensors_and_arrays_are_found_with_their_paths() -> None:
    assert list(tensors(TREE, "x")) == [
        ("x[0]['w']", TENSOR),
        ("x[0][3]", ARRAY),
        ("x[1].0.weight", TENSOR),
    ]


def test_a_plain_value_holds_no_tensors() -> None:
    assert not list(tensors(ScalarNode("str", "Tensor"), "x"))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (ScalarNode("str", "w"), "'w'"),
        (ScalarNode("int", 3), "3"),
        (ScalarNode("float", 0.5), "0.5"),
        (ScalarNode("NoneType", None), "None"),
        (SymbolNode("torch.dtype", "torch.int8"), "torch.int8"),
        (SequenceNode("tuple", ()), "tuple"),
        (OpaqueNode("Strange", "unknown"), "Strange"),
        (TENSOR, "Tensor"),
        (ARRAY, "Tensor"),
    ],
)
def test_a_key_is_written_as_python_would(key: Node, text: str) -> None:
    assert notation(key) == text
