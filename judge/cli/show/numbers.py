"""Write numbers short, but never so short that two different ones look the same."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterable, Sequence

from judge.domain.report import Parameter, ValueDifference

_DIGITS = (4, 6, 8, 10, 13, 17)
_NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def number_text(value: Parameter, digits: int) -> str:
    """Write a number as torch would: a float keeps its point."""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:.{digits}g}"
    return text if any(each in text for each in ".en") else f"{text}."


def pair_texts(
    expected: Sequence[Parameter], got: Sequence[Parameter], differing: Iterable[int]
) -> tuple[list[str], list[str]]:
    """Write two rows of numbers with as few digits as tell apart those that differ."""
    places = list(differing)
    for digits in _DIGITS:
        sides = ([number_text(each, digits) for each in side] for side in (expected, got))
        left, right = sides
        if all(left[place] != right[place] for place in places):
            break
    return left, right


def flat(nested: object) -> tuple[list[Parameter], tuple[int, ...]]:
    """Return the numbers of nested lists in order, and their shape."""
    shape = []
    items = [nested]
    while items and isinstance(items[0], list | tuple):
        shape.append(len(items[0]))
        items = [each for item in items if isinstance(item, list | tuple) for each in item]
    return [_parameter(each) for each in items], tuple(shape)


def differing(
    expected: Sequence[Parameter], got: Sequence[Parameter], values: ValueDifference
) -> frozenset[int]:
    """Return the places of numbers that differ by more than is allowed."""
    agree = _agreement(values)
    pairs = enumerate(zip(expected, got, strict=False))
    return frozenset(place for place, (want, given) in pairs if not agree(want, given))


def _agreement(values: ValueDifference) -> Callable[[Parameter, Parameter], bool]:
    def agree(want: Parameter, got: Parameter) -> bool:
        one, other = _number(want), _number(got)
        # Integers first: 2**53 and its neighbour are one float.
        if want == got or one is None or other is None:
            return want == got
        if not (cmath.isfinite(one) and cmath.isfinite(other)):
            return cmath.isnan(one) and cmath.isnan(other)
        return abs(other - one) <= values.atol + values.rtol * abs(one)

    return agree


def _number(value: Parameter) -> complex | None:
    if isinstance(value, int | float):
        return value
    try:
        # A report has complex numbers as text.
        return complex(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _parameter(value: object) -> Parameter:
    if value is None or isinstance(value, bool | int | float):
        return value
    # Reports that went through JSON have infinities as text.
    text = str(value)
    return _NOT_FINITE.get(text, text)
