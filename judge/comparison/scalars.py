"""Compare two plain Python or NumPy values of the same kind."""

from __future__ import annotations

import cmath
import math

from judge.comparison.texts import plain, value_text
from judge.comparison.tolerances import tolerance_of
from judge.comparison.trees import Where
from judge.domain.observation import ScalarNode
from judge.domain.problem import Tolerance
from judge.domain.report import Difference, Message, ValueDifference
from judge.domain.verdict import Fact

_Number = bool | int | float | complex


def scalar_difference(
    got: ScalarNode, *, want: ScalarNode, path: Where, tolerance: Tolerance | None
) -> Difference | None:
    """Compare two scalars; the message never holds their values, which may be a secret."""
    wanted, given = want.value, got.value
    # A liar's value need not be what its kind says.
    if type(wanted) is not type(given):
        return _difference("value.number", path, want, got, None)
    if wanted is None or wanted == given:
        return None
    if isinstance(wanted, str | bytes):
        return _difference("value.text", path, want, got, None)
    if isinstance(given, str | bytes) or given is None:  # pragma: no cover - types are equal
        return None
    chosen = tolerance_of(want.kind, tolerance)
    if is_close(given, wanted, chosen):
        return None
    key = "value.truth" if isinstance(wanted, bool) else "value.number"
    return _difference(key, path, want, got, _values(given, wanted, chosen))


def _difference(
    key: str, path: Where, want: ScalarNode, got: ScalarNode, values: ValueDifference | None
) -> Difference:
    where = path.text()
    return Difference(
        Fact.VALUE,
        where,
        Message(key, {"path": where}),
        value_text(want.value),
        value_text(got.value),
        values,
    )


def is_close(got: _Number, want: _Number, tolerance: Tolerance) -> bool:
    """Tell whether two unequal numbers of one type are within the tolerance."""
    if isinstance(want, complex) and isinstance(got, complex):
        if not (cmath.isfinite(want) and cmath.isfinite(got)):
            return _float_close(got.real, want.real, tolerance) and _float_close(
                got.imag, want.imag, tolerance
            )
        return _size(got - want) <= tolerance.atol + tolerance.rtol * _size(want)
    if isinstance(want, float) and isinstance(got, float):
        return _float_close(got, want, tolerance)
    return False


def _float_close(got: float, want: float, tolerance: Tolerance) -> bool:
    if math.isnan(want) or math.isnan(got):
        return math.isnan(want) and math.isnan(got)
    if math.isinf(want) or math.isinf(got):
        return want == got
    return abs(got - want) <= tolerance.atol + tolerance.rtol * abs(want)


def _values(got: _Number, want: _Number, tolerance: Tolerance) -> ValueDifference:
    absolute: float | None = None
    relative: float | None = None
    if not isinstance(want, bool):
        absolute, size = _distance(got, want), _size(want)
        relative = (absolute / size if math.isfinite(absolute) else absolute) if size else None
    return ValueDifference(
        differing=1,
        total=1,
        worst=(),
        worst_expected=plain(want),
        worst_got=plain(got),
        largest_absolute=absolute,
        largest_relative=relative,
        rtol=tolerance.rtol,
        atol=tolerance.atol,
        expected=plain(want),
        got=plain(got),
    )


def _distance(got: _Number, want: _Number) -> float:
    """Return ``|got - want|``, infinite where one is not finite."""
    if isinstance(got, float | complex) and isinstance(want, float | complex):
        finite = cmath.isfinite(got) and cmath.isfinite(want)
        return _size(got - want) if finite else math.inf
    return _size(got - want)


def _size(value: _Number) -> float:
    """Return ``|value|`` as a float; infinite where no float is as large."""
    try:
        return float(abs(value))
    except OverflowError:
        return math.inf
