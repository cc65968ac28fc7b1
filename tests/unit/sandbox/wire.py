"""Bytes as a child would send them, written by hand from the protocol and not by the encoder."""

from __future__ import annotations

import struct

from judge.sandbox.protocol import DTYPES, REASONS, Flag, FrameKind, Status, Tag


def u32(number: int) -> bytes:
    return struct.pack("<I", number)


def longs(*numbers: int) -> bytes:
    return struct.pack(f"<{len(numbers)}q", *numbers)


def raw(data: bytes) -> bytes:
    return u32(len(data)) + data


def text(words: str) -> bytes:
    return raw(words.encode())


def listed(*items: bytes) -> bytes:
    return u32(len(items)) + b"".join(items)


NONE = bytes((Tag.NONE,))
TRUE = bytes((Tag.TRUE,))


def integer(number: int) -> bytes:
    return bytes((Tag.INT,)) + raw(number.to_bytes(9, "little", signed=True))


def string(words: str) -> bytes:
    return bytes((Tag.STR,)) + text(words)


def sequence(kind: str, *items: bytes) -> bytes:
    return bytes((Tag.SEQUENCE,)) + text(kind) + listed(*items)


def mapping(*pairs: tuple[bytes, bytes], kind: str = "dict") -> bytes:
    return bytes((Tag.MAPPING,)) + text(kind) + listed(*(key + value for key, value in pairs))


def module(kind: str, *state: tuple[str, bytes]) -> bytes:
    items = (text(name) + node for name, node in state)
    return bytes((Tag.MODULE,)) + text(kind) + b"\x01" + listed(*items)


def opaque(kind: str, reason: str) -> bytes:
    return bytes((Tag.OPAQUE,)) + text(kind) + bytes((REASONS.index(reason),))


def tensor(
    dtype: str,
    shape: tuple[int, ...],
    data: bytes | None,
    *,
    flags: int = Flag.LEAF,
    grad: bytes = b"",
) -> bytes:
    """Write a contiguous tensor on the CPU, in storage 5 from element 2."""
    strides = [1] * len(shape)
    flags |= (Flag.DATA if data is not None else 0) | (Flag.GRAD if grad else 0)
    head = bytes((Tag.TENSOR,)) + text("cpu")
    head += bytes((DTYPES.index(dtype), flags, len(shape)))
    head += longs(*shape, *strides, 2) + struct.pack("<i", 5)
    return head + (raw(data) if data is not None else b"") + grad


def array(dtype: str, shape: tuple[int, ...], data: bytes | None, *, flags: int = 0) -> bytes:
    flags |= Flag.DATA if data is not None else 0
    head = bytes((Tag.ARRAY,)) + text(dtype) + bytes((flags, len(shape)))
    head += longs(*shape, *([1] * len(shape))) + struct.pack("<i", 3)
    return head + (raw(data) if data is not None else b"")


def numpy_scalar(dtype: str, data: bytes) -> bytes:
    return bytes((Tag.NUMPY_SCALAR,)) + text(dtype) + raw(data)


def raised(*classes: str, message: str = "", lines: tuple[int, ...] = ()) -> bytes:
    frames = (u32(line) + text("f") for line in lines)
    return listed(*map(text, classes)) + text(message) + listed(*frames)


def forward(  # noqa: PLR0913  one for each part
    order: int,
    result: bytes = NONE,
    *,
    error: bytes | None = None,
    arguments: tuple[tuple[str, bytes], ...] = (),
    state: str = "",
    facts: bytes = bytes(3),
    inputs: bytes = b"",
    status: int = 0,
) -> bytes:
    """Write a FORWARD frame; ``facts`` are files, operations and calls, ``status`` what to add."""
    named = listed(*(text(name) + node for name, node in arguments))
    status |= Status.RAISED if error is not None else 0
    head = u32(order) + bytes((status,)) + raw(inputs)
    if error is not None:
        return head + error + named + text(state) + facts
    return head + named + result + text(state) + facts


def gradient(order: int, *found: tuple[str, bytes], status: int = 0) -> bytes:
    named = listed(*(text(path) + node for path, node in found))
    return u32(order) + bytes((status,)) + named


def frame(kind: FrameKind | int, payload: bytes = b"") -> bytes:
    return bytes((kind,)) + u32(len(payload)) + payload


SOURCE_IS_FINE = b"\x00" + u32(0)
LOADED_IS_FINE = b"\x00"
