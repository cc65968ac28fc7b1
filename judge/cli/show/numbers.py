"""Write numbers short, but never so short that two different ones look the same."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from judge.domain.report import Parameter, ValueDifference

_DIGITS = (4, 6, 8, 10, 13, 17)
_DECIMALS = range(9)
_ENOUGH_DECIMALS = 4
_LARGE, _SMALL = 1e6, 1e-3
"""Outside of these a fixed number of decimals reads worse than an exponent."""
_ROUNDING = 1e-6
Write = Callable[[Parameter], str]
_NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def number_text(value: Parameter, digits: int) -> str:
    """Write a number with so many digits; a float keeps its point, as in torch."""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:.{digits}g}"
    return text if any(each in text for each in ".en") else f"{text}."


def short_text(value: float, digits: int = 3) -> str:
    """Write a number for a sentence: rounded, and without an exponent where that is short."""
    return f"{float(f'{value:.{digits}g}'):g}"


def pair_texts(
    expected: Sequence[Parameter], got: Sequence[Parameter], differing: Iterable[int]
) -> tuple[list[str], list[str]]:
    """Write two rows of numbers with as few digits as tell apart those that differ."""
    places = list(differing)
    left: list[str] = []
    right: list[str] = []
    for write in _ways([*expected, *got]):
        left, right = [write(each) for each in expected], [write(each) for each in got]
        if all(left[place] != right[place] for place in places):
            break
    return left, right


def _ways(values: Sequence[Parameter]) -> Iterator[Write]:
    """Yield ways to write numbers: with decimals that line up, where they serve; then by digits."""
    sizes = [abs(each) for each in values if isinstance(each, float) and math.isfinite(each)]
    small = min(filter(None, sizes), default=1.0)
    if max(sizes, default=0.0) < _LARGE and small >= _SMALL:
        for decimals in _DECIMALS:
            if decimals >= _ENOUGH_DECIMALS or all(_fits(size, decimals) for size in sizes):
                yield partial(_fixed, decimals=decimals)
    for digits in _DIGITS:
        yield partial(number_text, digits=digits)


def _fits(size: float, decimals: int) -> bool:
    return abs(size - round(size, decimals)) <= _ROUNDING * max(1.0, size)


def _fixed(value: Parameter, *, decimals: int) -> str:
    if not isinstance(value, float) or not math.isfinite(value):
        return str(value)
    return f"{value:#.{decimals}f}"


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
