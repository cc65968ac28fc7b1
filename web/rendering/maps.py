"""Pictures of differing tensors: a map of where, and tables with the elements marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from judge.domain.report import DifferenceMap, ValueDifference

CELL = 18
_LEVELS = 9
_MOST_COLUMNS = 12
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One rectangle of a map; ``level`` 0 agrees, 9 is the largest error or infinite.

    ``worst`` is the one element that is wrong most, where there is one.
    """

    x: int
    y: int
    level: int
    worst: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A map ready to be drawn."""

    width: int
    height: int
    cells: tuple[Cell, ...]
    largest: float
    rows: tuple[int, int]
    columns: tuple[int, int]
    leading: tuple[int, ...]
    infinite: bool
    cell: int = CELL - 1


def picture(drawn: DifferenceMap) -> Picture:
    """Lay out a map of differences."""
    values = [value for row in drawn.cells for value in row]
    finite = [value for value in values if value and math.isfinite(value)]
    largest = max(finite, default=0.0)
    infinite = any(not math.isfinite(value) for value in values)
    top = _LEVELS - infinite  # the last level is then for what is not finite
    lonely = sum(_level(value, largest, top) == _LEVELS for value in values) == 1
    cells = tuple(
        Cell(x * CELL, y * CELL, level, lonely and level == _LEVELS)
        for y, row in enumerate(drawn.cells)
        for x, value in enumerate(row)
        for level in (_level(value, largest, top),)
    )
    width = CELL * max((len(row) for row in drawn.cells), default=0)
    return Picture(
        width,
        CELL * len(drawn.cells),
        cells,
        largest,
        drawn.rows,
        drawn.columns,
        drawn.leading,
        infinite,
    )


def _level(value: float, largest: float, top: int) -> int:
    if not value:
        return 0
    if not math.isfinite(value) or not largest:
        return _LEVELS
    return max(1, min(top, math.ceil(top * value / largest)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One element of a small tensor, as text, and whether it differs."""

    text: str
    differs: bool


def side(values: ValueDifference, *, expected: bool) -> Sequence[Sequence[Entry]] | None:
    """Return a small tensor of at most two dimensions as rows, with what differs marked."""
    want, got = _rows(values.expected), _rows(values.got)
    if want is None or got is None or len(want) != len(got):
        return None
    if len(want) > _MOST_ROWS or any(len(row) > _MOST_COLUMNS for row in want):
        return None
    shown = want if expected else got
    return [
        [
            Entry(written(value), not _agrees(a, b, values))
            for value, a, b in zip(row, left, right, strict=False)
        ]
        for row, left, right in zip(shown, want, got, strict=False)
    ]


def _rows(value: Any) -> list[list[Any]] | None:  # noqa: ANN401  nested lists of numbers
    if not isinstance(value, list | tuple):
        return None if value is None else [[value]]
    if not value or not isinstance(value[0], list | tuple):
        return [list(value)]
    if any(isinstance(each, list | tuple) for each in value[0]):
        return None
    return [list(row) for row in value]


def _agrees(want: Any, got: Any, values: ValueDifference) -> bool:  # noqa: ANN401  likewise
    if want == got:
        return True
    try:
        return abs(float(got) - float(want)) <= values.atol + values.rtol * abs(float(want))
    except (TypeError, ValueError):
        return False


def written(value: Any) -> str:  # noqa: ANN401  a number, a bool or a text
    """Write one element the way torch prints it, shortly."""
    if isinstance(value, bool) or not isinstance(value, float):
        return str(value)
    return f"{value:.5g}"
