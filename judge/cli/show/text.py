"""Text that is safe to print, and wrapped as Chinese and Latin readers expect. No markup, ever."""
# ruff: noqa: RUF001 - Chinese is written with full-width punctuation.

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

MOST_PROSE_WIDTH = 100
"""Lines of sentences longer than this are hard to read."""

_TAB = "    "
_UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
_ONE_LINE = 40
_TENSOR = re.compile(r"((?:Parameter containing: )?(?:tensor|array)\()(\[+)")
_ROWS = re.compile(r"(\],) (\[+)")
_CODE = re.compile(r"`[^`]+`")
# What may not begin a line sticks to the piece before it.
_CLOSING = "，。；：？！、）》」』”’…,.;:?!)"
_OPENING = "（《「『“‘("
_WIDE = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
_PIECE = re.compile(
    rf"\n|[{_OPENING}]*{_WIDE}[{_CLOSING}]*\s*|(?:(?!{_WIDE})\S)+[{_CLOSING}]*[^\S\n]*|[^\S\n]+"
)


def clean(text: str, *, lines: bool = False) -> str:
    """Return text that only prints: no control characters, no direction overrides.

    Args:
        text: anything at all, a student's words.
        lines: keep line ends; else they become spaces.
    """
    text = text.replace("\t", _TAB).replace("\r\n", "\n")
    return "".join(_printable(each, lines=lines) for each in text)


def _printable(character: str, *, lines: bool) -> str:
    if character == "\n":
        return character if lines else " "
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return _UNPRINTABLE


def shortened(text: str, limit: int) -> str:
    """Return text of at most ``limit`` characters, a cut marked with an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def plain(text: str, style: str = "") -> Text:
    """Return one line of somebody's text as it is."""
    return Text(clean(text), style=style)


def block(text: str, style: str = "") -> Text:
    """Return somebody's text with its lines; one too long for the terminal is broken."""
    return Text(clean(text, lines=True), style=style, overflow="fold")


def sentence(text: str, style: str = "") -> Text:
    """Return a sentence of ours, which may quote a student; what stands in backticks is code."""
    shown = Text(clean(text), style=style)
    for found in _CODE.finditer(shown.plain):
        shown.stylize("bold", *found.span())
    return shown


def reflowed(text: str) -> str:
    """Break ``tensor([[1., 2.], [3., 4.]])`` on one line into rows, as torch prints larger ones."""
    head = _TENSOR.match(text)
    if head is None or "\n" in text or len(text) < _ONE_LINE:
        return text
    depth = len(head.group(2))

    def row(found: re.Match[str]) -> str:
        again = len(found.group(2))
        return (
            found.group(1)
            + "\n" * (2 if again > 1 else 1)
            + " " * (head.end() - again)
            + "[" * again
        )

    return _ROWS.sub(row, text) if depth > 1 else text


def joined(*parts: Text | str, by: str = " · ") -> Text:
    """Return the parts that are not empty, with something quiet between them."""
    texts = [plain(part) if isinstance(part, str) else part for part in parts]
    shown = Text()
    for text in filter(None, texts):
        shown.append(by if shown else "", style="dim")
        shown.append_text(text)
    return shown


class Prose:
    """Text wrapped between words, and between any two Chinese characters where that is allowed."""

    def __init__(self, text: Text, *, indent: int = 0) -> None:
        self.text = text
        self.indent = indent
        """Of every line but the first, in columns."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, MOST_PROSE_WIDTH)
        for number, line in enumerate(wrapped(self.text, width=width, indent=self.indent)):
            line.no_wrap = True
            line.end = "\n"
            yield Text(" " * self.indent, end="", no_wrap=True) if number else Text("", end="")
            yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        width = max((cell_len(line) for line in self.text.plain.splitlines()), default=0)
        return Measurement(min(8, width), width)


def wrapped(text: Text, *, width: int, indent: int = 0) -> list[Text]:
    """Break a text into lines of at most ``width`` columns; all but the first lose ``indent``."""
    offsets = list(_breaks(text.plain, width, indent))
    lines = list(text.divide(offsets))
    for line in lines:
        line.rstrip()
    return lines


def _breaks(text: str, width: int, indent: int) -> Iterator[int]:
    used, room = 0, width
    for start, end in _pieces(text, max(1, width - indent)):
        if text[start:end] == "\n":
            yield end
            used, room = 0, width - indent
            continue
        if used and used + cell_len(text[start:end].rstrip()) > room:
            yield start
            used, room = 0, width - indent
        used += cell_len(text[start:end])


def _pieces(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Yield what stays together; a word longer than a whole line does not."""
    for found in _PIECE.finditer(text):
        start, end = found.span()
        while cell_len(text[start:end].rstrip()) > most:
            cut = start + 1
            while cell_len(text[start : cut + 1]) <= most:
                cut += 1
            yield start, cut
            start = cut
        yield start, end
