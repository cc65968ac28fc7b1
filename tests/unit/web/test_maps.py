"""Pictures of differing tensors."""

from __future__ import annotations

import math

from judge.domain.report import DifferenceMap
from web.rendering.maps import Cell, picture


def drawn(*rows: tuple[float, ...]) -> tuple[Cell, ...]:
    form = DifferenceMap(rows=(0, len(rows)), columns=(0, len(rows[0])), leading=(), cells=rows)
    return picture(form).cells


def test_a_larger_error_has_a_darker_cell() -> None:
    assert [cell.level for cell in drawn((0.0, 0.1, 1.0, 2.0))] == [0, 1, 5, 9]


def test_the_worst_element_is_marked() -> None:
    assert [cell.worst for cell in drawn((0.0, 1.0), (2.0, 1.0))] == [False, False, True, False]


def test_nothing_is_marked_where_all_errors_are_alike() -> None:
    assert not any(cell.worst for cell in drawn((0.0, 2.0), (2.0, 2.0)))


def test_what_is_not_finite_is_the_worst() -> None:
    assert [cell.worst for cell in drawn((1.0, math.inf, 0.0))] == [False, True, False]
