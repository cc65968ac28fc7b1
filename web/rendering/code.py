"""Python code as HTML: highlighted by Pygments, with line numbers and marked lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup, escape
from pygments import lex
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from pygments.token import STANDARD_TYPES, Token

from web.rendering.text import visible

_formatter = HtmlFormatter(nowrap=False, cssclass="highlight")
_lexer = PythonLexer(stripnl=False, ensurenl=False)
_MOST_LINES = 2000


@lru_cache(maxsize=1024)
def highlighted(code: str) -> Markup:
    """Return a block of Python, in classes that the stylesheet colours."""
    from pygments import highlight  # noqa: PLC0415  its name is too near to ours

    shown = visible(code.rstrip("\n"), most=100_000)
    return Markup(highlight(shown, _lexer, _formatter))  # noqa: S704  Pygments escapes


@lru_cache(maxsize=256)
def highlighted_lines(code: str) -> Sequence[Markup]:
    """Return each line of a file of its own, highlighted."""
    lines: list[list[Markup]] = [[]]
    for kind, text in lex(visible(code, most=300_000), _lexer):
        name = _class_of(kind)
        for place, part in enumerate(text.split("\n")):
            if place:
                lines.append([])
            if part:
                lines[-1].append(
                    Markup('<span class="{}">{}</span>').format(name, part)
                    if name
                    else escape(part)
                )
    found = [Markup("").join(parts) for parts in lines]
    while found and not found[-1]:
        found.pop()
    return found[:_MOST_LINES]


def _class_of(kind: object) -> str:
    while kind not in STANDARD_TYPES:
        kind = kind.parent  # type: ignore[attr-defined]
    return STANDARD_TYPES[kind] if kind is not Token else ""


def source_rows(
    code: str, marks: Mapping[int, Sequence[Markup]]
) -> Sequence[tuple[int, Markup, Sequence[Markup]]]:
    """Return (number, line, what the judge says about it) of each line of an answer."""
    return [
        (number, line, marks.get(number, ()))
        for number, line in enumerate(highlighted_lines(code), 1)
    ]
