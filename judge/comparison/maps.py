"""Draw small what differs between two tensors: a window of errors, or the numbers themselves."""

from __future__ import annotations

from collections.abc import Callable

from judge.comparison.decode import Array, Elements
from judge.domain.report import DifferenceMap

MOST_ROWS = 16
MOST_COLUMNS = 32
MOST_LISTED = 64
_MOST_NESTED = 8


def difference_map(
    errors: Callable[[int, int], Array], shape: tuple[int, ...], worst: int
) -> DifferenceMap | None:
    """Draw the last two dimensions around the worst element; None for a single element.

    Args:
        errors: the errors of the flat elements ``[start, stop)``, 0.0 where they agree.
        shape: of the whole tensor; one dimension is drawn as one row.
        worst: the flat index of the element that has to be in the picture.
    """
    rows, columns = (1, *shape)[-2:] if shape else (1, 1)
    # One element in any number of dimensions is no picture.
    if all(size == 1 for size in shape):
        return None
    block, inside = divmod(worst, rows * columns)
    row, column = divmod(inside, columns)
    top, bottom = _window(row, rows, MOST_ROWS)
    left, right = _window(column, columns, MOST_COLUMNS)
    first = block * rows * columns
    cells = []
    for each in range(top, bottom):
        start = first + each * columns
        cells.append(tuple(errors(start + left, start + right).tolist()))
    return DifferenceMap(
        cells=tuple(cells),
        rows=(top, bottom),
        columns=(left, right),
        leading=_leading(block, shape[:-2]),
    )


def nested(elements: Elements, shape: tuple[int, ...]) -> object:
    """Return the elements as nested lists, a bare one for no dimensions; None where not small."""
    if elements.count > MOST_LISTED or len(shape) > _MOST_NESTED:
        return None
    flat: list[object] = [elements.python(index) for index in range(elements.count)]
    for size in reversed(shape):
        flat = [flat[start : start + size] for start in range(0, len(flat), max(1, size))]
    return flat[0] if flat else None


def _window(position: int, size: int, most: int) -> tuple[int, int]:
    """Return ``[start, stop)`` of at most ``most``, around ``position``, inside ``[0, size)``."""
    if size <= most:
        return 0, size
    start = min(max(0, position - most // 2), size - most)
    return start, start + most


def _leading(block: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    where = []
    for size in reversed(shape):
        block, position = divmod(block, size)
        where.append(position)
    return tuple(reversed(where))
