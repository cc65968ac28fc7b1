"""Parse what a child sent, which may be anything: return domain values or say Garbled."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

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
    LENGTH,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_FRAME_BYTES,
    MAX_NODES,
    MAX_TEXT_BYTES,
    REASONS,
    Flag,
    Tag,
)

_MAX_COUNT = 2 * MAX_NODES
_NOT_IN_NUMPY = frozenset({"bfloat16", "complex32", "float8_e4m3fn", "float8_e5m2"})
_LONGS = [struct.Struct(f"<{count}q") for count in range(MAX_DIMENSIONS + 1)]
_I32 = struct.Struct("<i")
_TENSOR = struct.Struct("<BBB")
_FORMS = [struct.Struct(f"<{2 * count + 1}qi") for count in range(MAX_DIMENSIONS + 1)]
"""Shape, strides, offset and storage of a tensor, by its number of dimensions."""
_CPU = LENGTH.pack(3) + b"cpu"
_F64 = struct.Struct("<d")


class Garbled(Exception):
    """The bytes are not a message of this protocol: the child lied or was broken."""


class Reader:
    """A cursor over one frame's bytes. Every method raises Garbled, and only that."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.nodes = 0
        self.whole = True
        """Whether everything so far was looked into and sent."""

    def take(self, count: int) -> bytes:
        """Take the next ``count`` bytes."""
        end = self.at + count
        if count < 0 or end > len(self.data):
            raise Garbled("cut short")
        part = self.data[self.at : end]
        self.at = end
        return part

    def skip(self, known: bytes) -> bool:
        """Take just these bytes, if they are what comes; else take nothing."""
        if not self.data.startswith(known, self.at):
            return False
        self.at += len(known)
        return True

    def byte(self) -> int:
        """Take one byte."""
        at = self.at
        if at >= len(self.data):
            raise Garbled("cut short")
        self.at = at + 1
        return self.data[at]

    def number(self) -> int:
        """Take a u32 that means something other than a count."""
        end = self.at + LENGTH.size
        if end > len(self.data):
            raise Garbled("cut short")
        value: int = LENGTH.unpack_from(self.data, self.at)[0]
        self.at = end
        return value

    def count(self) -> int:
        """Take how many things follow, bounded by what a frame may hold."""
        count = self.number()
        if count > _MAX_COUNT:
            raise Garbled(f"{count} items")
        return count

    def raw(self, most: int = MAX_FRAME_BYTES) -> bytes:
        """Take bytes behind their length."""
        length = self.number()
        end = self.at + length
        if length > most or end > len(self.data):
            raise Garbled(f"{length} bytes")
        part = self.data[self.at : end]
        self.at = end
        return part

    def text(self) -> str:
        """Take text; what is not UTF-8 is replaced."""
        return self.raw(MAX_TEXT_BYTES).decode("utf-8", "replace")

    def fields(self, form: struct.Struct) -> tuple[Any, ...]:
        """Take numbers of a fixed form, all at once."""
        end = self.at + form.size
        if end > len(self.data):
            raise Garbled("cut short")
        found = form.unpack_from(self.data, self.at)
        self.at = end
        return found

    def end(self) -> None:
        """Insist that nothing follows."""
        if self.at != len(self.data):
            raise Garbled("something follows")

    def json_object(self) -> dict[str, Any]:
        """Take everything as one JSON object."""
        try:
            value = json.loads(self.take(len(self.data) - self.at))
        except (ValueError, RecursionError) as exc:
            raise Garbled("no JSON") from exc
        if not isinstance(value, dict):
            raise Garbled("no JSON object")
        return value

    def named_nodes(self) -> tuple[tuple[str, Node], ...]:
        """Take a list of (name, node)."""
        return tuple((self.text(), self.node()) for _ in range(self.count()))

    def raised(self) -> Raised:
        """Take an exception."""
        classes = tuple(self.text() for _ in range(self.count()))
        message = self.text()
        frames = tuple(Frame(self.number(), self.text()) for _ in range(self.count()))
        if not classes:
            raise Garbled("an exception of no class")
        return Raised(classes, message, frames)

    def node(self, depth: int = 0) -> Node:
        """Take one node and everything below it."""
        self.nodes += 1
        if self.nodes > 2 * MAX_NODES or depth > MAX_DEPTH + 1:
            raise Garbled("too many nodes")
        read = _READERS.get(self.byte())
        if read is None:
            raise Garbled("no such node")
        return read(self, depth)

    def tensor(self, depth: int) -> Node:
        """Take a tensor whose data is exactly as long as its shape and dtype say."""
        device = "cpu" if self.skip(_CPU) else self.text()
        code, flags, dimensions = self.fields(_TENSOR)
        if code >= len(DTYPES) or dimensions > MAX_DIMENSIONS:
            raise Garbled("no such dtype, or too many dimensions")
        form = self.fields(_FORMS[dimensions])
        shape, strides = form[:dimensions], form[dimensions : 2 * dimensions]
        offset, storage = form[-2:]
        data = self._data(shape, DTYPES[code]) if flags & Flag.DATA else None
        grad = self.node(depth + 1) if flags & Flag.GRAD else None
        if flags & Flag.OMITTED:
            self.whole = False
        return TensorNode(
            dtype=DTYPES[code],
            device=device,
            shape=shape,
            strides=strides,
            offset=offset,
            storage=storage,
            requires_grad=bool(flags & Flag.REQUIRES_GRAD),
            is_leaf=bool(flags & Flag.LEAF),
            parameter=bool(flags & Flag.PARAMETER),
            data=data,
            omitted=bool(flags & Flag.OMITTED),
            grad=grad,
        )

    def array(self, _depth: int) -> Node:
        """Take a NumPy array."""
        dtype = self.text()
        flags, dimensions = self.byte(), self.byte()
        if dtype not in ITEM_BYTES or dimensions > MAX_DIMENSIONS:
            raise Garbled("no such dtype, or too many dimensions")
        shape, strides = self.fields(_LONGS[dimensions]), self.fields(_LONGS[dimensions])
        (storage,) = self.fields(_I32)
        data = self._data(shape, dtype) if flags & Flag.DATA else None
        if flags & Flag.OMITTED:
            self.whole = False
        return ArrayNode(dtype, shape, strides, storage, data, bool(flags & Flag.OMITTED))

    def _data(self, shape: tuple[int, ...], dtype: str) -> bytes:
        if shape and min(shape) < 0:
            raise Garbled("a negative size")
        data = self.raw()
        if len(data) != math.prod(shape) * ITEM_BYTES[dtype]:
            raise Garbled("data and shape do not match")
        return data

    def integer(self, _depth: int) -> Node:
        """Take an int."""
        return ScalarNode("int", int.from_bytes(self.raw(MAX_TEXT_BYTES), "little", signed=True))

    def floating(self, _depth: int) -> Node:
        """Take a float."""
        return ScalarNode("float", _F64.unpack(self.take(8))[0])

    def complex_number(self, _depth: int) -> Node:
        """Take a complex."""
        real, imaginary = struct.unpack("<dd", self.take(16))
        return ScalarNode("complex", complex(real, imaginary))

    def numpy_scalar(self, _depth: int) -> Node:
        """Take a NumPy scalar, as an array of no dimensions would come."""
        dtype = self.text()
        if dtype not in ITEM_BYTES or dtype in _NOT_IN_NUMPY:
            raise Garbled("no such dtype")
        data = self.raw(ITEM_BYTES["complex128"])
        if len(data) != ITEM_BYTES[dtype]:
            raise Garbled("data and dtype do not match")
        return ScalarNode(f"numpy.{dtype}", np.frombuffer(data, dtype=dtype)[0].item())

    def sequence(self, depth: int) -> Node:
        """Take a list, a tuple or the like."""
        kind = self.text()
        return SequenceNode(kind, tuple(self.node(depth + 1) for _ in range(self.count())))

    def mapping(self, depth: int) -> Node:
        """Take a dict."""
        kind = self.text()
        return MappingNode(
            kind, tuple((self.node(depth + 1), self.node(depth + 1)) for _ in range(self.count()))
        )

    def module(self, depth: int) -> Node:
        """Take a module."""
        kind, training = self.text(), bool(self.byte())
        state = tuple((self.text(), self.node(depth + 1)) for _ in range(self.count()))
        return ModuleNode(kind, training, state)

    def opaque(self, _depth: int) -> Node:
        """Take something that was not looked into."""
        kind, reason = self.text(), self.byte()
        self.whole = False
        if reason >= len(REASONS):
            raise Garbled("no such reason")
        return OpaqueNode(kind, REASONS[reason])


_READERS: dict[int, Callable[[Reader, int], Node]] = {
    Tag.NONE: lambda _reader, _depth: ScalarNode("NoneType", None),
    Tag.FALSE: lambda _reader, _depth: ScalarNode("bool", False),  # noqa: FBT003
    Tag.TRUE: lambda _reader, _depth: ScalarNode("bool", True),  # noqa: FBT003
    Tag.INT: Reader.integer,
    Tag.FLOAT: Reader.floating,
    Tag.COMPLEX: Reader.complex_number,
    Tag.STR: lambda reader, _depth: ScalarNode("str", reader.text()),
    Tag.BYTES: lambda reader, _depth: ScalarNode("bytes", reader.raw(MAX_TEXT_BYTES)),
    Tag.NUMPY_SCALAR: Reader.numpy_scalar,
    Tag.TENSOR: Reader.tensor,
    Tag.ARRAY: Reader.array,
    Tag.SEQUENCE: Reader.sequence,
    Tag.MAPPING: Reader.mapping,
    Tag.MODULE: Reader.module,
    Tag.SYMBOL: lambda reader, _depth: SymbolNode(reader.text(), reader.text()),
    Tag.OPAQUE: Reader.opaque,
}
