"""Text made safe, and wrapped for readers of both languages."""
# ruff: noqa: RUF001 - Chinese is written with full-width punctuation.

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from judge.cli.show.layout import Rows, SideBySide
from judge.cli.show.text import Prose, clean, reflowed, sentence, wrapped

Draw = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a�[31mb"),
        ("a\rb\x07", "a�b�"),
        ("a\tb", "a    b"),
        ("a\nb", "a b"),
        ("\u202eabc", "�abc"),
        ("\ud800", "�"),
        ("中文\u3000字", "中文\u3000字"),
    ],
)
def test_what_does_not_print_is_replaced(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_lines_are_kept_where_asked_for() -> None:
    assert clean("a\r\nb\nc", lines=True) == "a\nb\nc"


def test_code_in_a_sentence_stands_out_and_keeps_its_backticks() -> None:
    text = sentence("`x` is [bold]not[/] `y`")
    assert text.plain == "`x` is [bold]not[/] `y`"
    assert [(span.start, span.end) for span in text.spans] == [(0, 3), (20, 23)]


def test_chinese_is_broken_between_any_two_characters() -> None:
    lines = wrapped(Text("结果是一个张量，但形状不对。"), width=12)
    assert [line.plain for line in lines] == ["结果是一个张", "量，但形状不", "对。"]


def test_no_line_begins_with_a_full_stop() -> None:
    lines = wrapped(Text("数值都对，形状不对。"), width=18)
    assert [line.plain for line in lines] == ["数值都对，形状不", "对。"]


def test_latin_words_stay_whole() -> None:
    lines = wrapped(Text("one two three four"), width=9)
    assert [line.plain for line in lines] == ["one two", "three", "four"]


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert [line.plain for line in wrapped(Text("x" * 10), width=4)] == ["xxxx", "xxxx", "xx"]


@given(st.text(max_size=200), st.integers(4, 60))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    shown = clean(text, lines=True)
    lines = [line.plain for line in wrapped(Text(shown), width=width)]
    assert max(map(cell_len, lines), default=0) <= width
    assert "".join("".join(lines).split()) == "".join(shown.split())


def test_continued_lines_are_indented(draw: Draw) -> None:
    assert draw(Prose(Text("one two three"), indent=2), width=8) == "one two\n  three\n"


def test_a_tensor_on_one_line_is_broken_into_rows() -> None:
    text = "tensor([[[ 0.,  1.,  2.]], [[ 6.,  7.,  8.]], [[ 9., 10., 11.]]])"
    assert reflowed(text) == (
        "tensor([[[ 0.,  1.,  2.]],\n\n        [[ 6.,  7.,  8.]],\n\n        [[ 9., 10., 11.]]])"
    )
    assert reflowed("tensor([1., 2.])") == "tensor([1., 2.])"


def test_both_sides_of_a_comparison_keep_their_own_lines(draw: Draw) -> None:
    page = SideBySide(Text("a\nbb\nc"), Text("x"), titles=(Text("left"), Text("right")))
    assert draw(page, width=40) == "left   right\na      x\nbb\nc\n"
    assert draw(page, width=10) == "left\n  a\n  bb\n  c\nright\n  x\n"


def test_names_stand_above_where_there_is_no_room_beside(draw: Draw) -> None:
    rows = Rows([(Text("a long name"), Text("x")), (Text("b"), Text("y"))])
    assert draw(rows, width=60) == "a long name  x\nb            y\n"
    assert draw(rows, width=30) == "a long name\n  x\nb\n  y\n"
