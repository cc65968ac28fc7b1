"""Write plain values: numbers, text, bytes."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from judge.sandbox.protocol import MAX_TEXT_BYTES, Tag

if TYPE_CHECKING:
    from judge.sandbox.child.encode import Encoder

_MAX_INT_BITS = 1 << 15


def name_of(kind: type) -> str:
    """Return a class's name with its module, but for builtins."""
    module = type.__getattribute__(kind, "__module__")
    name = type.__getattribute__(kind, "__qualname__")
    return str(name) if module == "builtins" else f"{module}.{name}"


def write_none(encoder: Encoder, _value: Any, _depth: int) -> None:
    encoder.out.append(Tag.NONE)


def write_bool(encoder: Encoder, value: bool, _depth: int) -> None:  # noqa: FBT001
    encoder.out.append(Tag.TRUE if value else Tag.FALSE)


def write_float(encoder: Encoder, value: float, _depth: int) -> None:
    encoder.out.append(Tag.FLOAT)
    encoder.out += struct.pack("<d", value)


def write_complex(encoder: Encoder, value: complex, _depth: int) -> None:
    encoder.out.append(Tag.COMPLEX)
    encoder.out += struct.pack("<dd", value.real, value.imag)


def write_str(encoder: Encoder, value: str, _depth: int) -> None:
    if len(value) > MAX_TEXT_BYTES // 4:
        return encoder.opaque("str", "too_large")
    encoder.out.append(Tag.STR)
    return encoder.text(value)


def write_bytes(encoder: Encoder, value: bytes, _depth: int) -> None:
    if len(value) > MAX_TEXT_BYTES:
        return encoder.opaque("bytes", "too_large")
    encoder.out.append(Tag.BYTES)
    return encoder.raw(value)


def write_int(encoder: Encoder, value: int, _depth: int) -> None:
    """Write an int of any ordinary size."""
    bits = value.bit_length()
    if bits > _MAX_INT_BITS:
        return encoder.opaque("int", "too_large")
    encoder.out.append(Tag.INT)
    return encoder.raw(value.to_bytes(bits // 8 + 1, "little", signed=True))
