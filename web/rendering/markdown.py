"""Markdown of authors to HTML: mathematics to MathML, code highlighted, everything sanitised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from unicodedata import category, east_asian_width

import nh3
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin

from web.rendering.code import highlighted

_MATHS = {
    "math": {"display", "xmlns"},
    "mo": {"stretchy", "fence", "form", "separator", "lspace", "rspace", "minsize", "maxsize"},
    "mi": {"mathvariant"},
    "mspace": {"width"},
    "mtable": {"columnalign", "rowspacing", "columnspacing"},
    "mtd": {"columnalign"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mfrac": {"linethickness"},
}
_MATHS_BARE = [
    "mrow",
    "mn",
    "mtext",
    "msup",
    "msub",
    "msubsup",
    "msqrt",
    "mroot",
    "munderover",
    "mtr",
    "mstyle",
    "mpadded",
    "mphantom",
]
_TAGS = {
    *[
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "code",
        "pre",
        "div",
        "span",
        "blockquote",
        "a",
        "br",
        "hr",
    ],
    *["table", "thead", "tbody", "tr", "th", "td", "del", "sup", "sub"],
    *_MATHS,
    *_MATHS_BARE,
}
_ATTRIBUTES = {
    **_MATHS,
    "a": {"href", "title"},
    "div": {"class"},
    "span": {"class"},
    "code": {"class"},
    "ol": {"start"},
}
_HEADINGS_DOWN = 1
"""A page has its own first heading; a text's begin below."""


@lru_cache(maxsize=2048)
def markdown(text: str) -> Markup:
    """Return Markdown as safe HTML."""
    html = _parser().render(text)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener",
    )
    return Markup(clean)  # noqa: S704  just sanitised


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("fence", _fence)
    parser.use(dollarmath_plugin, allow_space=False, renderer=_maths)
    parser.core.ruler.push("headings_down", _headings_down)
    parser.core.ruler.push("lines_joined", _lines_joined)
    return parser


def _fence(renderer: object, tokens: Sequence[Any], index: int, *rest: object) -> str:
    """A block of code in our own box; the parser would put another around it."""
    del renderer, rest
    code, language = tokens[index].content, tokens[index].info.strip()
    if language in ("", "text", "console"):
        return f'<pre class="plain">{escape(code)}</pre>'
    return str(highlighted(code))


_FUNCTION = r"\\(?:ln|log|exp|sin|cos)(?![a-zA-Z])(?:_(?:\w|\{\w+\}))?"
_AFTER = re.compile(rf"({_FUNCTION})\s+(?=[\w\\])")
_BEFORE = re.compile(rf"(?<=[\w}}])\s+(?={_FUNCTION})")


def _spaced(content: str) -> str:
    """Set functions off as typesetters do: the converter writes ln x as if it were a product."""
    return _BEFORE.sub(lambda _: r" \, ", _AFTER.sub(lambda found: rf"{found[1]} \, ", content))


def _maths(content: str, options: dict[str, Any]) -> str:
    try:
        return str(
            convert(_spaced(content), display="block" if options["display_mode"] else "inline")
        )
    except Exception:  # noqa: BLE001  the converter raises whatever; the source can still be read
        return f"<code>{escape(content)}</code>"


def _headings_down(state: Any) -> None:  # noqa: ANN401  the parser's own type has no stubs
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            level = min(6, int(token.tag[1]) + _HEADINGS_DOWN)
            token.tag = f"h{level}"


def _lines_joined(state: Any) -> None:  # noqa: ANN401  likewise
    """Drop the line breaks of an author's Chinese: browsers would show a space for each."""
    for block in state.tokens:
        marks = block.children or []
        parts = [each for each in marks if each.content or each.type == "softbreak"]
        for before, token, after in zip(parts, parts[1:], parts[2:], strict=False):
            if token.type == "softbreak" and _runs_on(
                before.content[-1:] if before.type == "text" else "",
                after.content[:1] if after.type == "text" else "",
            ):
                token.type = "text"


def _runs_on(before: str, after: str) -> bool:
    """Chinese is written without spaces, and its punctuation brings its own."""
    wide = [each for each in (before, after) if each and east_asian_width(each) in "WF"]
    if any(category(each).startswith("P") for each in wide):
        return True
    # Ambiguous are quotation marks and dashes, which take the width of what is around them.
    return bool(wide) and all(each and east_asian_width(each) in "WFA" for each in (before, after))
