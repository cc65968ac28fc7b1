"""The difference of two answers."""

from __future__ import annotations

from web.rendering.difference import rows, unified


def test_whole_words_are_marked_not_letters() -> None:
    (row,) = rows("return torch.zeros(count)", "return torch.ones(count)")
    assert row.old == "return torch.<del>zeros</del>(count)"
    assert row.new == "return torch.<ins>ones</ins>(count)"


def test_lines_that_have_little_in_common_have_no_marks_inside() -> None:
    (row,) = rows("    return seed, torch.zeros(count)", "    dice = sum(x for x in y)")
    assert row.kind == "changed"
    assert "<" not in f"{row.old}{row.new}"


def test_code_is_shown_as_text() -> None:
    (row,) = rows("x = '<b>'", "x = '<i>'")
    assert row.old == "x = &#39;&lt;<del>b</del>&gt;&#39;"


def test_in_one_column_what_went_stands_before_what_came() -> None:
    found = unified(rows("a = 1\nb = 1\nc = 1\n", "a = 2\nb = 2\nc = 1\nd = 1\n"))
    assert [line.kind for line in found] == ["removed"] * 2 + ["added"] * 2 + ["same", "added"]
    assert [line.number for line in found] == [1, 2, 1, 2, 3, 4]
