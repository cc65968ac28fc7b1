"""Read a tensor's raw bytes as NumPy numbers, exactly; never trust a shape to fit its data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from judge.domain.observation import ArrayNode, TensorNode
from judge.domain.report import Parameter

Array = NDArray[Any]


class Kind(StrEnum):
    """How elements are compared. Within a kind all are widened to one type without loss."""

    BOOL = "bool"
    SIGNED = "signed"
    UNSIGNED = "unsigned"
    REAL = "real"
    COMPLEX = "complex"
    RAW = "raw"
    """Bytes whose meaning is not looked into: float8 and whatever is unknown."""


def _bfloat16(stored: Array) -> Array:
    """Widen: a bfloat16 is the upper half of a float32."""
    return (stored.astype("<u4") << np.uint32(16)).view("<f4").astype(np.float64)


def _complex32(stored: Array) -> Array:
    """Join pairs of float16 (shape ``(n, 2)``) to complex128."""
    return stored.astype(np.float64).view(np.complex128)[:, 0]


def _is_true(stored: Array) -> Array:
    # A liar's bool may be any byte; torch takes everything but 0 for True.
    return np.not_equal(stored, 0)


def _to(dtype: type[np.generic]) -> Callable[[Array], Array]:
    return lambda stored: stored.astype(dtype)


_STORED: dict[str, tuple[str, Kind, Callable[[Array], Array]]] = {
    "bool": ("u1", Kind.BOOL, _is_true),
    "bfloat16": ("<u2", Kind.REAL, _bfloat16),
    "complex32": ("(2,)<f2", Kind.COMPLEX, _complex32),
    **{f"int{8 * n}": (f"<i{n}", Kind.SIGNED, _to(np.int64)) for n in (1, 2, 4, 8)},
    **{f"uint{8 * n}": (f"<u{n}", Kind.UNSIGNED, _to(np.uint64)) for n in (1, 2, 4, 8)},
    **{f"float{8 * n}": (f"<f{n}", Kind.REAL, _to(np.float64)) for n in (2, 4, 8)},
    **{f"complex{8 * n}": (f"<c{n}", Kind.COMPLEX, _to(np.complex128)) for n in (8, 16)},
}
_LAYOUTS = {name: (np.dtype(code), kind, widen) for name, (code, kind, widen) in _STORED.items()}
_UNKNOWN: tuple[np.dtype[Any], Kind, Callable[[Array], Array]] = (
    np.dtype(np.uint8),
    Kind.RAW,
    _is_true,
)
_MOST_DIMENSIONS = 1024


@dataclass(slots=True)
class Elements:
    """The elements of one tensor, row-major: ``count`` of them, ``item_bytes`` each.

    Readers hold ``np.errstate(all="ignore")``: a liar's bytes may be signalling NaNs.
    """

    kind: Kind
    stored: np.dtype[Any]
    widen: Callable[[Array], Array]
    count: int
    item_bytes: int
    data: bytes

    def read(self, start: int, stop: int) -> Array:
        """Return elements ``[start, stop)``, flat, in the widest type of their kind.

        RAW ones come as rows of bytes, shape ``(stop - start, item_bytes)``.
        """
        count = stop - start
        if self.kind is Kind.RAW:
            size, start = count * self.item_bytes, start * self.item_bytes
            flat = np.frombuffer(self.data, np.uint8, count=size, offset=start)
            return flat.reshape(count, self.item_bytes)
        stored = np.frombuffer(self.data, self.stored, count=count, offset=start * self.item_bytes)
        return self.widen(stored)

    def take(self, indices: Array) -> Array:
        """Return the elements at flat indices, in the widest type of their kind; not for RAW."""
        return self.widen(np.frombuffer(self.data, self.stored)[indices])

    def python(self, index: int) -> Parameter:
        """Return one element as Python has it; complex and raw ones as text."""
        value = self.read(index, index + 1)[0]
        match self.kind:
            case Kind.BOOL:
                return bool(value)
            case Kind.SIGNED | Kind.UNSIGNED:
                return int(value)
            case Kind.REAL:
                return float(value)
            case Kind.COMPLEX:
                return str(complex(value))
            case Kind.RAW:
                return "0x" + bytes(value[:16]).hex()


def elements_of(node: TensorNode | ArrayNode) -> Elements | None:
    """Return the elements of a node; None where it has none or they do not fit its shape."""
    if node.data is None:
        return None
    size = len(node.data)
    count = _count(node.shape, at_most=size)
    if count is None:
        return None
    layout = _LAYOUTS.get(node.dtype)
    if layout is None:
        item = size // count if count else 0
        stored, kind, widen = _UNKNOWN
    else:
        stored, kind, widen = layout
        item = stored.itemsize
    if count * item != size:
        return None
    return Elements(kind, stored, widen, count, item, node.data)


def _count(shape: tuple[int, ...], *, at_most: int) -> int | None:
    """Multiply a shape out; None where it is absurd. A product of hostile sizes is never formed."""
    if len(shape) > _MOST_DIMENSIONS or any(size < 0 for size in shape):
        return None
    if 0 in shape:
        return 0
    count = 1
    for size in shape:
        count *= size
        if count > at_most:
            return None
    return count
