"""Numbers that differ: in full where few, as a picture where many."""
# ruff: noqa: RUF001 - a multiplication sign is meant.

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from judge.cli.show.difference import evidence
from judge.cli.show.layout import Barred
from judge.cli.show.numbers import differing, flat, pair_texts, short_text
from judge.cli.show.picture import Picture, shade_limits, tells_something
from judge.cli.show.reader import Reader
from judge.domain.problem import Language
from judge.domain.report import DifferenceMap, ValueDifference

Draw = Callable[..., str]
Make = Any


def drawn(values: ValueDifference, make: Make, draw: Draw, *, width: int = 80) -> list[str]:
    difference = make.values(values).differences[0]
    page = Barred(*evidence(difference, Reader(Language.EN)), bar="")
    return draw(page, width=width).splitlines()


def test_small_tensors_stand_side_by_side_with_what_differs_marked(make: Make, draw: Draw) -> None:
    assert drawn(make.small(), make, draw) == [
        "expected      got",
        " 1.00  2.00    1.00  2.00",
        "*3.00  4.00   *3.25  4.00",
        "* differs",
        "1 of 4 elements differ · worst at [1, 0]: expected 3.00, got 3.25",
        "largest error 0.25 · up to 8.33 % of what is expected · allowed: 1e-08 + 1e-05",
        "|expected|",
    ]


def test_where_both_do_not_fit_they_stand_below_each_other(make: Make, draw: Draw) -> None:
    wide = [[float(each) for each in range(8)]]
    values = dataclasses.replace(
        make.small(), expected=wide, got=[[9.0, *wide[0][1:]]], total=8, worst=(0, 0)
    )
    assert drawn(values, make, draw, width=40)[:4] == [
        "expected",
        "  *0.  1.  2.  3.  4.  5.  6.  7.",
        "got",
        "  *9.  1.  2.  3.  4.  5.  6.  7.",
    ]


def test_a_row_too_wide_for_any_terminal_is_cut_into_named_parts(make: Make, draw: Draw) -> None:
    row = [float(each) for each in range(20)]
    values = dataclasses.replace(make.small(), expected=row, got=[*row[:-1], 0.0], worst=(19,))
    lines = drawn(values, make, draw, width=40)
    assert lines[1] == "  […, 0:7]"
    assert "  […, 14:20]" in lines


def test_each_matrix_of_a_larger_tensor_is_named(make: Make, draw: Draw) -> None:
    expected, got = [[[1, 2]], [[3, 4]]], [[[1, 2]], [[3, 5]]]
    values = dataclasses.replace(make.small(), expected=expected, got=got, worst=(1, 0, 1))
    lines = drawn(values, make, draw)
    assert lines[1] == "[0, :, :]   [0, :, :]"
    assert lines[5] == " 3 *4        3 *5"


def test_where_all_elements_differ_none_is_marked(make: Make, draw: Draw) -> None:
    values = dataclasses.replace(
        make.small(), expected=[1.0, 2.0], got=[3.0, 4.0], differing=2, total=2
    )
    assert "*" not in "".join(drawn(values, make, draw))


def test_a_single_number_has_no_index(make: Make, draw: Draw) -> None:
    values = dataclasses.replace(make.small(), expected=3.0, got=3.25, total=1, worst=())
    lines = drawn(values, make, draw)
    assert lines[:2] == ["expected   got", "3.00       3.25"]
    assert "worst" not in "".join(lines)


def test_a_large_tensor_is_drawn_as_shades_with_axes_and_a_legend(make: Make, draw: Draw) -> None:
    assert drawn(make.large(), make, draw) == [
        "Errors in `result[2, 30:34, 40:48]`:",
        "   40            47",
        "30 ··░░░░▒▒▒▒▓▓████",
        "   ····░░▒▒▒▒▓▓████",
        "   ······▒▒▒▒▓▓████",
        "33 ········▒▒▓▓████",
        "· equal   ░ up to 0.32   ▒ up to 10   ▓ up to 320   █ up to 10000",
        "22 of 1000 elements differ · worst at [2, 30, 47]: expected 1, got 10001",
        "largest error 10000 · up to 10000 × of what is expected · allowed: 1e-05 +",
        "1.3e-06 |expected|",
    ]


def test_a_narrow_terminal_gets_one_column_an_element(draw: Draw) -> None:
    cells = ((0.0, 1.0) * 16,)
    picture = Picture(DifferenceMap(cells, (0, 1), (0, 32)), reader=Reader(Language.EN))
    narrow, wide = draw(picture, width=40), draw(picture, width=80)
    assert "0 " + "·█" * 16 + "\n" in narrow
    assert "0 " + "··██" * 16 + "\n" in wide


def test_what_is_not_finite_has_a_sign_of_its_own(draw: Draw) -> None:
    drawn_map = DifferenceMap(((0.0, float("inf"), 2.0),), (0, 1), (0, 3))
    text = draw(Picture(drawn_map, reader=Reader(Language.EN)))
    assert "··∞∞██" in text
    assert "∞ infinite or NaN" in text


def test_shades_are_equal_factors_up_to_the_largest_error() -> None:
    limits = shade_limits(DifferenceMap(((0.01, 1.0, 100.0),), (0, 1), (0, 3)))
    assert [shade for shade, _ in limits] == list("░▒▓█")
    assert [limit for _, limit in limits] == pytest.approx([0.1, 1.0, 10.0, 100.0])
    assert limits[-1][1] == 100.0


@pytest.mark.parametrize(
    ("cells", "telling"),
    [
        (((1.0, 1.0),), False),
        (((float("inf"),),), False),
        (((0.0, 1.0),), True),
        (((1.0, 100.0),), True),
        (((float("inf"), 1.0),), True),
    ],
)
def test_a_picture_of_one_shade_is_not_drawn(
    cells: tuple[tuple[float, ...], ...], *, telling: bool
) -> None:
    assert tells_something(DifferenceMap(cells, (0, 1), (0, len(cells[0])))) is telling


def test_a_hidden_case_tells_how_many_differ_and_nothing_else(make: Make, draw: Draw) -> None:
    values = dataclasses.replace(
        make.small(), worst=(), worst_expected=None, worst_got=None, expected=None, got=None
    )
    # The sentence above has said it.
    assert drawn(values, make, draw) == []


@pytest.mark.parametrize(
    ("expected", "got", "texts"),
    [
        ([1.0], [2.0], (["1."], ["2."])),
        ([0.5], [0.25], (["0.50"], ["0.25"])),
        ([1.0], [1.00001], (["1.00000"], ["1.00001"])),
        ([1e-9], [2e-9], (["1e-09"], ["2e-09"])),
        ([1e9], [1e9 + 1], (["1000000000."], ["1000000001."])),
        ([1], [2], (["1"], ["2"])),
        ([True], [False], (["True"], ["False"])),
        ([float("nan")], [float("inf")], (["nan"], ["inf"])),
        (["(1+2j)"], ["2j"], (["(1+2j)"], ["2j"])),
    ],
)
def test_numbers_are_short_but_never_look_the_same(
    expected: list[Any], got: list[Any], texts: tuple[list[str], list[str]]
) -> None:
    assert pair_texts(expected, got, [0]) == texts


@pytest.mark.parametrize(
    ("expected", "got", "marked"),
    [
        ([1.0], [1.000001], []),
        ([1.0], [1.1], [0]),
        ([float("nan")], [float("nan")], []),
        ([float("inf")], [float("-inf")], [0]),
        ([2**53], [2**53 + 1], [0]),
        ([True], [False], [0]),
        (["(1+2j)"], ["(1+2.0000001j)"], []),
        (["0xff"], ["0xfe"], [0]),
    ],
)
def test_what_is_marked_is_what_the_comparison_found(
    expected: list[Any], got: list[Any], marked: list[int], make: Make
) -> None:
    exact = isinstance(expected[0], int)
    values = dataclasses.replace(
        make.small(), rtol=0.0 if exact else 1e-5, atol=0.0 if exact else 1e-5
    )
    assert sorted(differing(expected, got, values)) == marked


def test_nested_lists_are_flattened_with_their_shape() -> None:
    assert flat([[1, 2, 3], [4, 5, 6]]) == ([1, 2, 3, 4, 5, 6], (2, 3))
    assert flat(7.0) == ([7.0], ())
    assert flat([]) == ([], (0,))


@pytest.mark.parametrize(
    ("value", "text"), [(6000.0, "6000"), (0.12345, "0.123"), (1e-7, "1e-07"), (27.0, "27")]
)
def test_numbers_in_sentences_are_rounded(value: float, text: str) -> None:
    assert short_text(value) == text
