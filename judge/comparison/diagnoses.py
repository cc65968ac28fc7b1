"""Guess from the difference itself what a student did, so that the message says what it means."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from judge.comparison.decode import Array, Elements, Kind, elements_of
from judge.comparison.tolerances import tolerance_of
from judge.domain.observation import ArrayNode, TensorNode
from judge.domain.report import Message, Parameter, ValueDifference

_MOST_LOOKED_AT = 1 << 14
_MOST_DIMENSIONS = 16
_ALIKE = 1e-4
"""How well a pattern has to fit, relative to the largest number, before it is claimed."""
_CLOSE = 1e-2
"""Relative errors below this are called imprecise rather than wrong."""
_REALS = frozenset({Kind.SIGNED, Kind.UNSIGNED, Kind.REAL})

_Hint = tuple[str, dict[str, Parameter]]


def shape_key(got: tuple[int, ...], *, want: tuple[int, ...]) -> str:
    """Name how two shapes differ: ``ones``, ``order``, ``elements``, ``rank``, ``sizes``."""
    # Shapes may be absurdly long; what is said of them does not matter then.
    if max(len(got), len(want)) > _MOST_DIMENSIONS:
        return "rank" if len(got) != len(want) else "sizes"
    if [size for size in got if size != 1] == [size for size in want if size != 1]:
        return "ones"
    if sorted(got) == sorted(want):
        return "order"
    if _product(got) == _product(want):
        return "elements"
    return "rank" if len(got) != len(want) else "sizes"


def _product(shape: tuple[int, ...]) -> int:
    product = 1
    for size in shape:
        product *= size
    return product


def dtype_key(got: TensorNode | ArrayNode, *, want: TensorNode | ArrayNode) -> str:
    """Name what a wrong dtype comes from; ``only`` where the numbers themselves are right."""
    if got.shape == want.shape and _same_numbers(got, want):
        return "only"
    if want.dtype == "bool":
        return "mask"
    wanted, given = _family(want.dtype), _family(got.dtype)
    if wanted == "float" and given == "int":
        return "integer"
    if wanted == "int" and given == "float":
        return "floating"
    return "double" if (want.dtype, got.dtype) == ("float32", "float64") else "differs"


def _family(dtype: str) -> str:
    if dtype.startswith(("float", "bfloat")):
        return "float"
    return "int" if dtype.startswith(("int", "uint")) else dtype


def _same_numbers(got: TensorNode | ArrayNode, want: TensorNode | ArrayNode) -> bool:
    """Tell whether the values agree once both are widened, by the coarser of the two tolerances."""
    wanted, given = elements_of(want), elements_of(got)
    if wanted is None or given is None or not 0 < wanted.count <= _MOST_LOOKED_AT:
        return False
    if Kind.RAW in {wanted.kind, given.kind}:
        return False
    one, other = tolerance_of(want.dtype, None), tolerance_of(got.dtype, None)
    with np.errstate(all="ignore"):
        left = wanted.read(0, wanted.count).astype(np.complex128)
        right = given.read(0, given.count).astype(np.complex128)
        return np.allclose(
            right, left, rtol=max(one.rtol, other.rtol), atol=max(one.atol, other.atol)
        )


def value_message(got: Elements, *, want: Elements, values: ValueDifference, path: str) -> Message:
    """Return the most telling message about differing values; it holds none of them."""
    key, extra = _hint(got, want, values)
    counts: dict[str, Parameter] = {"differing": values.differing, "total": values.total}
    return Message(f"value.{key}", {"path": path, **counts, **extra})


def _hint(got: Elements, want: Elements, values: ValueDifference) -> _Hint:
    if want.kind is Kind.BOOL:
        return "mask", {}
    if want.kind in _REALS and want.count <= _MOST_LOOKED_AT:
        with np.errstate(all="ignore"):
            # Integers of 53 bits are exact as floats; of larger ones a guess is all that is needed.
            wanted = want.read(0, want.count).astype(np.float64)
            given = got.read(0, got.count).astype(np.float64)
            hint = _pattern(wanted, given)
        if hint is not None:
            return hint
    if want.count == 1:
        return "single", {}
    if want.kind is Kind.REAL and (values.largest_relative or 1.0) <= _CLOSE:
        return "close", {}
    return ("all" if values.differing == values.total else "some"), {}


def _pattern(want: Array, got: Array) -> _Hint | None:
    """Look for what differs in a way that has a name."""
    finite = _not_finite(want, got)
    if finite is not None or not (np.isfinite(want).all() and np.isfinite(got).all()):
        return finite
    if not got.any():
        return "zeros", {}
    # Of one number, or of equal ones, everything is a multiple. What is nearly right has no
    # pattern either: sorted, it would look like the key in another order.
    if want.size == 1 or np.ptp(want) == 0.0 or _alike(got, want):
        return None
    tests: tuple[Callable[[Array, Array], _Hint | None], ...] = (_scaled, _shifted, _reordered)
    return next((hint for test in tests if (hint := test(want, got)) is not None), None)


def _not_finite(want: Array, got: Array) -> _Hint | None:
    for key, mask in (
        ("nan", np.isnan(got) & ~np.isnan(want)),
        ("infinite", np.isinf(got) & np.isfinite(want)),
        ("nan_expected", np.isnan(want) & ~np.isnan(got)),
    ):
        if mask.any():
            return key, {"count": int(mask.sum())}
    return None


def _scaled(want: Array, got: Array) -> _Hint | None:
    scale = np.abs(want).max()
    unit = want / scale
    factor = float(unit @ got / (unit @ unit) / scale)
    if not _alike(got, factor * want) or abs(factor - 1.0) <= _CLOSE or factor == 0.0:
        return None
    if abs(factor + 1.0) <= _ALIKE:
        return "negated", {}
    return "scaled", {"factor": f"{factor:.4g}"}


def _shifted(want: Array, got: Array) -> _Hint | None:
    offset = float((got - want)[0])
    # An offset that rounding could make is none.
    if not _alike(got, want + offset) or abs(offset) <= _CLOSE * np.abs(want).max():
        return None
    return "shifted", {"offset": f"{offset:.4g}"}


def _reordered(want: Array, got: Array) -> _Hint | None:
    return ("reordered", {}) if _alike(np.sort(got), np.sort(want)) else None


def _alike(got: Array, expected: Array) -> bool:
    return bool(np.abs(got - expected).max() <= _ALIKE * np.abs(expected).max())
