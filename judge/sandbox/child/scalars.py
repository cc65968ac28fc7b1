"""Write what everything else is made of: lengths, text, bytes, numbers."""

from __future__ import annotations

import struct
from typing import Any

from judge.sandbox.protocol import LENGTH, MAX_TEXT_BYTES, REASONS, Tag

_MAX_INT_BITS = 1 << 15
_REASON_CODE = {reason: code for code, reason in enumerate(REASONS)}


class Writer:
    """The bytes of one frame so far, in ``out``."""

    def __init__(self) -> None:
        self.out = bytearray()
        self.whole = True
        """Whether everything was looked into and sent."""

    def text(self, text: str) -> None:
        """Write text, cut at the cap."""
        self.raw(text.encode("utf-8", "surrogatepass")[:MAX_TEXT_BYTES])

    def raw(self, data: bytes) -> None:
        """Write bytes behind their length."""
        self.out += LENGTH.pack(len(data))
        self.out += data

    def count(self, number: int) -> None:
        """Write how many things follow."""
        self.out += LENGTH.pack(number)

    def opaque(self, kind: str, reason: str) -> None:
        """Write that something was here which is not looked into."""
        self.whole = False
        self.out.append(Tag.OPAQUE)
        self.text(kind[:200])
        self.out.append(_REASON_CODE[reason])


def name_of(kind: type) -> str:
    """Return a class's name with its module, but for builtins."""
    module = type.__getattribute__(kind, "__module__")
    name = type.__getattribute__(kind, "__qualname__")
    return str(name) if module == "builtins" else f"{module}.{name}"


def write_none(writer: Writer, _value: Any, _depth: int) -> None:
    """Write None."""
    writer.out.append(Tag.NONE)


def write_bool(writer: Writer, value: bool, _depth: int) -> None:  # noqa: FBT001  it is the value
    """Write a bool."""
    writer.out.append(Tag.TRUE if value else Tag.FALSE)


def write_float(writer: Writer, value: float, _depth: int) -> None:
    """Write a float."""
    writer.out.append(Tag.FLOAT)
    writer.out += struct.pack("<d", value)


def write_complex(writer: Writer, value: complex, _depth: int) -> None:
    """Write a complex."""
    writer.out.append(Tag.COMPLEX)
    writer.out += struct.pack("<dd", value.real, value.imag)


def write_str(writer: Writer, value: str, _depth: int) -> None:
    """Write a str that fits whole, whatever its characters."""
    if len(value) > MAX_TEXT_BYTES // 4:
        return writer.opaque("str", "too_large")
    writer.out.append(Tag.STR)
    return writer.text(value)


def write_bytes(writer: Writer, value: bytes, _depth: int) -> None:
    """Write bytes that fit whole."""
    if len(value) > MAX_TEXT_BYTES:
        return writer.opaque("bytes", "too_large")
    writer.out.append(Tag.BYTES)
    return writer.raw(value)


def write_int(writer: Writer, value: int, _depth: int) -> None:
    """Write an int of any ordinary size."""
    bits = value.bit_length()
    if bits > _MAX_INT_BITS:
        return writer.opaque("int", "too_large")
    writer.out.append(Tag.INT)
    return writer.raw(value.to_bytes(bits // 8 + 1, "little", signed=True))
