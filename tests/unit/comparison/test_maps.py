"""The small picture of a difference: which part is drawn, and what its cells say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.domain.report import DifferenceMap
from tests.unit.comparison.build import INF, NAN, differences, only, tensor


def drawn(shape: tuple[int, ...], *wrong: tuple[int, ...], by: float = 2.0) -> DifferenceMap:
    want = np.ones(shape, dtype=np.float32)
    got = want.copy()
    for index in wrong:
        got[index] += by
    found = only(differences(tensor(got), tensor(want))).values
    assert found is not None
    assert found.map is not None
    return found.map


def test_a_small_matrix_is_drawn_whole() -> None:
    picture = drawn((2, 3), (1, 2))
    assert picture == DifferenceMap(((0.0, 0.0, 0.0), (0.0, 0.0, 2.0)), (0, 2), (0, 3))


def test_one_dimension_is_one_row() -> None:
    assert drawn((3,), (1,)).cells == ((0.0, 2.0, 0.0),)


def test_leading_dimensions_are_those_of_the_worst_element() -> None:
    picture = drawn((2, 3, 2, 2), (1, 2, 0, 1))
    assert picture.leading == (1, 2)
    assert picture.cells == ((0.0, 2.0), (0.0, 0.0))


def test_a_large_matrix_is_cropped_around_the_worst_element() -> None:
    picture = drawn((100, 200), (50, 150))
    assert (picture.rows, picture.columns) == ((42, 58), (134, 166))
    assert picture.cells[50 - 42][150 - 134] == 2.0
    assert sum(map(sum, picture.cells)) == 2.0


@pytest.mark.parametrize("corner", [(0, 0), (0, 199), (99, 0), (99, 199)])
def test_the_window_stays_inside_the_tensor(corner: tuple[int, int]) -> None:
    picture = drawn((100, 200), corner)
    assert (len(picture.cells), len(picture.cells[0])) == (16, 32)
    assert 0 <= picture.rows[0] <= corner[0] < picture.rows[1] <= 100
    assert 0 <= picture.columns[0] <= corner[1] < picture.columns[1] <= 200


def test_one_element_is_no_picture() -> None:
    for shape in ((), (1,), (1, 1, 1)):
        found = only(differences(tensor(np.ones(shape)), tensor(np.zeros(shape)))).values
        assert found is not None
        assert found.map is None


def test_cells_of_nan_are_infinite() -> None:
    assert drawn((2, 2), (0, 0), by=NAN).cells == ((INF, 0.0), (0.0, 0.0))


def test_a_tensor_of_more_dimensions_than_numpy_has_is_compared_too() -> None:
    want, got = np.zeros(2, dtype=np.float32), np.array([0.0, 1.0], dtype=np.float32)
    shape = (1,) * 99 + (2,)
    one, other = (tensor(each, shape=shape, strides=(1,) * 100) for each in (got, want))
    found = only(differences(one, other)).values
    assert found is not None
    assert found.worst == (0,) * 99 + (1,)
    assert found.expected is None
    assert found.map is not None
    assert found.map.cells == ((0.0, 1.0),)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.data())
def test_the_worst_element_is_always_in_the_picture(sizes: list[int], data: st.DataObject) -> None:
    shape = tuple(sizes[:2]) + tuple(min(size, 3) for size in sizes[2:])
    worst = tuple(data.draw(st.integers(0, size - 1)) for size in shape)
    if all(size == 1 for size in shape):
        return
    picture = drawn(shape, worst)
    row, column = (0, *worst)[-2:]
    assert picture.leading == worst[:-2]
    assert picture.cells[row - picture.rows[0]][column - picture.columns[0]] == 2.0
    assert len(picture.cells) <= 16
    assert all(len(cells) <= 32 for cells in picture.cells)


def test_a_difference_far_into_a_large_tensor_is_found() -> None:
    want = np.zeros(300_000, dtype=np.int8)
    got = want.copy()
    got[[70_000, 200_001, 299_999]] = (1, 100, 3)
    found = only(differences(tensor(got, "int8"), tensor(want, "int8"))).values
    assert found is not None
    assert (found.differing, found.worst, found.largest_absolute) == (3, (200_001,), 100.0)
