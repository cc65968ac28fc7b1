"""Each kind of node is read as what it is, and a lie about it is seen."""

from __future__ import annotations

import contextlib
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.domain.observation import (
    ArrayNode,
    Frame,
    MappingNode,
    ModuleNode,
    Node,
    OpaqueNode,
    Raised,
    ScalarNode,
    SequenceNode,
    SymbolNode,
    TensorNode,
)
from judge.sandbox.protocol import (
    DTYPES,
    ITEM_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    MAX_TEXT_BYTES,
    REASONS,
    Flag,
    Tag,
)
from judge.sandbox.reader import Garbled, Reader
from tests.unit.sandbox import wire

ONES = struct.pack("<2f", 1.0, 2.0)
NOTHING = ScalarNode("NoneType", None)


def read(data: bytes) -> Node:
    reader = Reader(data)
    node = reader.node()
    reader.end()
    return node


@pytest.mark.parametrize(
    ("data", "node"),
    [
        (wire.NONE, NOTHING),
        (wire.TRUE, ScalarNode("bool", True)),  # noqa: FBT003
        (bytes((Tag.FALSE,)), ScalarNode("bool", False)),  # noqa: FBT003
        (wire.integer(-300), ScalarNode("int", -300)),
        (bytes((Tag.INT,)) + wire.raw(b""), ScalarNode("int", 0)),
        (bytes((Tag.FLOAT,)) + struct.pack("<d", 0.1), ScalarNode("float", 0.1)),
        (bytes((Tag.COMPLEX,)) + struct.pack("<2d", 1, -2), ScalarNode("complex", 1 - 2j)),
        (wire.string("é"), ScalarNode("str", "é")),
        (bytes((Tag.STR,)) + wire.raw(b"a\xff"), ScalarNode("str", "a\ufffd")),
        (bytes((Tag.BYTES,)) + wire.raw(b"\xff"), ScalarNode("bytes", b"\xff")),
        (wire.numpy_scalar("int16", b"\xfe\xff"), ScalarNode("numpy.int16", -2)),
        (wire.numpy_scalar("bool", b"\x01"), ScalarNode("numpy.bool", True)),  # noqa: FBT003
        (wire.sequence("tuple", wire.NONE), SequenceNode("tuple", (NOTHING,))),
        (wire.mapping((wire.string("w"), wire.NONE)), MappingNode("dict", ((ScalarNode("str", "w"), NOTHING),))),  # noqa: E501
        (wire.module("Linear", ("w", wire.NONE)), ModuleNode("Linear", True, (("w", NOTHING),))),  # noqa: FBT003
        (bytes((Tag.SYMBOL,)) + wire.text("torch.dtype") + wire.text("torch.int8"), SymbolNode("torch.dtype", "torch.int8")),  # noqa: E501
        (wire.array("float32", (2,), ONES), ArrayNode("float32", (2,), (1,), 3, ONES)),
        (wire.array("int8", (2,), None, flags=Flag.OMITTED), ArrayNode("int8", (2,), (1,), 3, None, True)),  # noqa: E501, FBT003
    ],
)  # fmt: skip
def test_a_node_is_read_as_what_was_sent(data: bytes, node: Node) -> None:
    assert read(data) == node


def test_a_tensor_is_read_with_its_form_its_memory_and_its_gradient() -> None:
    grad = wire.tensor("float32", (), struct.pack("<f", 3.0))
    flags = Flag.LEAF | Flag.REQUIRES_GRAD | Flag.PARAMETER
    node = read(wire.tensor("float32", (2,), ONES, flags=flags, grad=grad))
    assert node == TensorNode(
        dtype="float32",
        device="cpu",
        shape=(2,),
        strides=(1,),
        offset=2,
        storage=5,
        requires_grad=True,
        is_leaf=True,
        parameter=True,
        data=ONES,
        grad=read(grad),
    )


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_dtype_has_data_of_its_own_size(dtype: str) -> None:
    data = bytes(6 * ITEM_BYTES[dtype])
    node = read(wire.tensor(dtype, (2, 3), data))
    assert isinstance(node, TensorNode)
    assert (node.dtype, node.data) == (dtype, data)
    with pytest.raises(Garbled, match="data and shape"):
        read(wire.tensor(dtype, (2, 3), data + b"\x00"))


def test_a_tensor_may_come_without_values() -> None:
    node = read(wire.tensor("int64", (1 << 40,), None, flags=Flag.OMITTED))
    assert isinstance(node, TensorNode)
    assert (node.data, node.omitted) == (None, True)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_not_to_look_into_something_is_read(reason: str) -> None:
    assert read(wire.opaque("Strange", reason)) == OpaqueNode("Strange", reason)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes((200,)),
        bytes((Tag.OPAQUE,)) + wire.text("x") + bytes((len(REASONS),)),
        wire.tensor("float32", (-1, -2), ONES),
        wire.tensor("float32", (1 << 62, 1 << 62), ONES),
        wire.tensor("float32", (3,), ONES),
        wire.array("object", (2,), ONES),
        wire.array("float32", (-2,), ONES),
        wire.numpy_scalar("bfloat16", b"ab"),
        wire.numpy_scalar("float32", b"ab"),
        wire.numpy_scalar("int8", bytes(17)),
        bytes((Tag.STR,)) + wire.u32(MAX_TEXT_BYTES + 1) + bytes(MAX_TEXT_BYTES + 1),
        bytes((Tag.SEQUENCE,)) + wire.text("list") + wire.u32(0xFFFFFFFF),
        bytes((Tag.TENSOR,)) + wire.text("cpu") + bytes((len(DTYPES), 0, 0)),
        bytes((Tag.TENSOR,)) + wire.text("cpu") + bytes((0, 0, 65)),
        wire.NONE + b"more",
    ],
)
def test_a_lie_is_garbled(data: bytes) -> None:
    with pytest.raises(Garbled):
        read(data)


def test_nesting_ends_somewhere() -> None:
    nested = wire.NONE
    for _ in range(MAX_DEPTH):
        nested = wire.sequence("list", nested)
    assert isinstance(read(nested), SequenceNode)
    for _ in range(MAX_DEPTH):
        nested = wire.sequence("list", nested)
    with pytest.raises(Garbled, match="too many nodes"):
        read(nested)


def test_gradients_of_gradients_end_somewhere() -> None:
    node = b""
    for _ in range(4 * MAX_DEPTH):
        node = wire.tensor("bool", (), b"\x01", grad=node)
    with pytest.raises(Garbled):
        read(node)


def test_there_are_only_so_many_nodes_in_a_frame() -> None:
    full = wire.sequence("list", *([wire.NONE] * MAX_NODES))
    with pytest.raises(Garbled, match="too many nodes"):
        read(wire.sequence("list", full, full))


@pytest.mark.parametrize(
    "node",
    [
        wire.tensor("float64", (1,), bytes(8), grad=wire.tensor("float64", (1,), bytes(8))),
        wire.mapping((wire.string("key"), wire.sequence("list", wire.integer(1)))),
        wire.module("Linear", ("weight", wire.array("int8", (2,), b"ab"))),
        wire.numpy_scalar("complex128", bytes(16)),
        wire.opaque("Strange", "layout"),
    ],
)
def test_a_node_that_is_cut_short_anywhere_is_garbled(node: bytes) -> None:
    read(node)
    for end in range(len(node)):
        with pytest.raises(Garbled):
            read(node[:end])


@given(st.binary(max_size=400))
def test_any_bytes_are_a_node_or_garbled(data: bytes) -> None:
    with contextlib.suppress(Garbled):
        read(data)


@given(st.data())
def test_an_honest_node_with_one_wrong_byte_is_a_node_or_garbled(data: st.DataObject) -> None:
    honest = wire.mapping(
        (wire.string("a"), wire.tensor("float32", (2,), ONES, grad=wire.NONE)),
        (wire.integer(3), wire.module("M", ("w", wire.array("int8", (2,), b"ab")))),
    )
    place = data.draw(st.integers(0, len(honest) - 1))
    wrong = data.draw(st.integers(0, 255))
    with contextlib.suppress(Garbled):
        read(honest[:place] + bytes((wrong,)) + honest[place + 1 :])


def test_an_exception_is_read_with_its_lines() -> None:
    data = wire.raised("KeyError", "Exception", message="'w'", lines=(3, 9))
    frames = (Frame(3, "f"), Frame(9, "f"))
    assert Reader(data).raised() == Raised(("KeyError", "Exception"), "'w'", frames)


def test_an_exception_of_no_class_is_garbled() -> None:
    with pytest.raises(Garbled, match="no class"):
        Reader(wire.raised()).raised()


@pytest.mark.parametrize("data", [b"[1]", b"{", b"\xff", b"", b"[" * 100_000, b"1" * 10_000])
def test_what_is_no_json_object_is_garbled(data: bytes) -> None:
    with pytest.raises(Garbled):
        Reader(data).json_object()


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_a_json_object_is_taken_whole(value: dict[str, object]) -> None:
    assert Reader(json.dumps(value).encode()).json_object() == value
