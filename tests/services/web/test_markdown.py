"""What authors write as Markdown, as readers are shown it."""

from __future__ import annotations

import pytest

from web.rendering.markdown import markdown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("请按这个\n顺序返回", "请按这个顺序返回"),
        ("结果是新的。\n`x` 不变", "结果是新的。<code>x</code> 不变"),
        ("两张“表格”\n都是", "两张“表格”都是"),
        ("总是**新的**\n张量", "总是<strong>新的</strong>张量"),
    ],
)
def test_a_line_break_within_chinese_is_no_space(written: str, shown: str) -> None:
    assert str(markdown(written)) == f"<p>{shown}</p>\n"


@pytest.mark.parametrize(
    "written",
    [
        "two\nlines",
        "仍是\n`float32`",
        "形状是\n(n, m)",
        "“quoted”\nwords",
        "caf\u00e9 \u2014\nhere",
    ],
)
def test_a_line_break_beside_other_text_still_parts_words(written: str) -> None:
    assert "\n" in str(markdown(written)).removesuffix("\n")
