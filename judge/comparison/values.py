"""Compare two tensors' numbers element by element, in bounded memory; exact where numbers are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from judge.comparison.decode import Array, Elements, Kind
from judge.comparison.maps import difference_map, nested
from judge.domain.problem import Tolerance
from judge.domain.report import ValueDifference

_CHUNK_ELEMENTS = 1 << 16
_CHUNK_BYTES = 1 << 20
_NUMERIC = frozenset({Kind.SIGNED, Kind.UNSIGNED, Kind.REAL, Kind.COMPLEX})


@dataclass(slots=True)
class _Scan:
    """What has been seen so far of two tensors."""

    differing: int = 0
    worst: int = 0
    largest_absolute: float = 0.0
    largest_relative: float | None = None


def value_difference(
    got: Elements, *, want: Elements, shape: tuple[int, ...], tolerance: Tolerance
) -> ValueDifference | None:
    """Compare two tensors of one shape and dtype; return None where they agree.

    NaN agrees with NaN only, an infinity only with itself, -0.0 with 0.0. Of complex numbers the
    distance counts; where one is not finite, its two parts do.
    """
    if want.data == got.data:
        return None
    with np.errstate(all="ignore"):
        return _difference(got, want, shape, tolerance)


def _difference(
    got: Elements, want: Elements, shape: tuple[int, ...], tolerance: Tolerance
) -> ValueDifference | None:
    scan = _scan(got, want=want, tolerance=tolerance)
    if not scan.differing:
        return None
    numeric = want.kind in _NUMERIC
    return ValueDifference(
        differing=scan.differing,
        total=want.count,
        worst=_unravel(scan.worst, shape),
        worst_expected=want.python(scan.worst),
        worst_got=got.python(scan.worst),
        largest_absolute=scan.largest_absolute if numeric else None,
        largest_relative=scan.largest_relative if numeric else None,
        rtol=tolerance.rtol,
        atol=tolerance.atol,
        expected=nested(want, shape),
        got=nested(got, shape),
        map=difference_map(
            lambda start, stop: errors(got, want, tolerance, (start, stop)), shape, scan.worst
        ),
    )


def errors(got: Elements, want: Elements, tolerance: Tolerance, window: tuple[int, int]) -> Array:
    """Return, for elements ``[start, stop)``, 0.0 where they agree, else the absolute error.

    The error is infinite where one side is not finite or no number can be given; shape
    ``(stop - start,)``, float64.
    """
    wanted, given = want.read(*window), got.read(*window)
    match want.kind:
        case Kind.REAL:
            return _real_errors(wanted, given, tolerance)
        case Kind.COMPLEX:
            return _complex_errors(wanted, given, tolerance)
        case Kind.SIGNED | Kind.UNSIGNED:
            return _integer_errors(wanted, given)
        case Kind.BOOL:
            return np.not_equal(wanted, given).astype(np.float64)
        case Kind.RAW:
            return np.where(np.not_equal(wanted, given).any(axis=1), np.inf, 0.0)


def _integer_errors(want: Array, got: Array) -> Array:
    # Subtracting modulo 2**64 gives the exact distance of any two 64-bit integers of one sign type.
    low, high = np.minimum(want, got).view(np.uint64), np.maximum(want, got).view(np.uint64)
    return (high - low).astype(np.float64)


def _real_errors(want: Array, got: Array, tolerance: Tolerance) -> Array:
    error: Array = np.abs(got - want)
    agree = error <= tolerance.atol + tolerance.rtol * np.abs(want)
    # A finite distance has two finite ends: one look instead of two where all is well.
    if not np.isfinite(error).all():
        finite = np.isfinite(want) & np.isfinite(got)
        error[~finite] = np.inf
        agree &= finite
        agree |= (got == want) | (np.isnan(got) & np.isnan(want))
    error[agree] = 0.0
    return error


def _complex_errors(want: Array, got: Array, tolerance: Tolerance) -> Array:
    error: Array = np.abs(got - want)
    agree = error <= tolerance.atol + tolerance.rtol * np.abs(want)
    if not np.isfinite(error).all():
        finite = np.isfinite(want) & np.isfinite(got)
        parts = _real_errors(want.view(np.float64), got.view(np.float64), tolerance)
        error[~finite] = np.inf
        agree &= finite
        agree |= ~finite & (parts.reshape(-1, 2) == 0.0).all(axis=1)
    error[agree | (got == want)] = 0.0
    return error


def _scan(got: Elements, *, want: Elements, tolerance: Tolerance) -> _Scan:
    scan = _Scan()
    step = max(1, min(_CHUNK_ELEMENTS, _CHUNK_BYTES // max(1, want.item_bytes)))
    for start in range(0, want.count, step):
        window = (start, min(start + step, want.count))
        _look(scan, errors(got, want, tolerance, window), want, window)
    return scan


def _look(scan: _Scan, error: Array, want: Elements, window: tuple[int, int]) -> None:
    """Add one chunk to what has been seen."""
    if not error.any():
        return
    differing = np.flatnonzero(error)
    worst = int(error.argmax())
    if not scan.differing or error[worst] > scan.largest_absolute:
        scan.worst, scan.largest_absolute = window[0] + worst, float(error[worst])
    scan.differing += int(differing.size)
    if want.kind in _NUMERIC:
        relative = _largest_relative(error[differing], want.read(*window)[differing])
        scan.largest_relative = max(
            (each for each in (scan.largest_relative, relative) if each is not None), default=None
        )


def _largest_relative(error: Array, want: Array) -> float | None:
    """Return the largest ``error / |want|`` where ``want`` is not zero; None where all are."""
    # As floats first: |-2**63| does not fit into the integers it comes from.
    size = np.abs(want if want.dtype.kind == "c" else want.astype(np.float64))
    there = size != 0.0
    if not there.any():
        return None
    relative = error[there] / size[there]
    # Infinity over infinity: one side is not finite, so the error has no bound.
    relative[np.isnan(relative)] = np.inf
    return float(relative.max())


def _unravel(index: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the index in each dimension; NumPy's own stops at 64 dimensions."""
    where = []
    for size in reversed(shape):
        index, position = divmod(index, size)
        where.append(position)
    return tuple(reversed(where))
