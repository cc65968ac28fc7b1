"""Arrange pieces of a page: behind a bar, side by side, as rows with names. No trailing spaces."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

_GAP = 3
_INDENT = 2
_NARROW = 24
Line = list[Segment]


def natural_width(console: Console, options: ConsoleOptions, content: RenderableType) -> int:
    """Return how many columns something takes where it has all that it wants."""
    return Measurement.get(console, options.update(width=1000), content).maximum


class Barred:
    """Something with a bar at its left.

    No right edge: it would be ragged where a terminal thinks a character wider than we do.
    """

    def __init__(self, *content: RenderableType, style: str = "", bar: str = "│ ") -> None:
        self.content = content
        self.style = style
        self.bar = bar

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=max(1, options.max_width - cell_len(self.bar)))
        style = console.get_style(self.style) if self.style else Style.null()
        for each in self.content:
            for line in console.render_lines(each, inner, pad=False):
                shown = _trimmed(line)
                yield Segment(self.bar if shown else self.bar.rstrip(), style)
                yield from shown
                yield Segment.line()


class SideBySide:
    """Two things beside each other where both fit, else below each other; each with a title."""

    def __init__(
        self, left: RenderableType, right: RenderableType, *, titles: tuple[Text, Text]
    ) -> None:
        self.sides = (left, right)
        self.titles = titles

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = [self._width(console, options, side) for side in (0, 1)]
        if sum(widths) + _GAP <= options.max_width:
            yield from self._beside(console, options, widths[0] + _GAP)
            return
        for title, side in zip(self.titles, self.sides, strict=True):
            yield title
            yield Barred(side, bar=" " * _INDENT)

    def _width(self, console: Console, options: ConsoleOptions, side: int) -> int:
        return max(
            natural_width(console, options, self.sides[side]), cell_len(self.titles[side].plain)
        )

    def _beside(self, console: Console, options: ConsoleOptions, start: int) -> RenderResult:
        left, right = (
            console.render_lines(title, options, pad=False)
            + console.render_lines(side, options, pad=False)
            for title, side in zip(self.titles, self.sides, strict=True)
        )
        yield from _rows(left, right, start)


class Rows:
    """Names with what belongs to them, aligned; a narrow terminal has the names above."""

    def __init__(self, rows: Sequence[tuple[Text, RenderableType]]) -> None:
        self.rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        start = 2 + max((cell_len(name.plain) for name, _ in self.rows), default=0)
        if options.max_width - start < _NARROW:
            for name, content in self.rows:
                yield name
                yield Barred(content, bar=" " * _INDENT)
            return
        inner = options.update(width=options.max_width - start)
        for name, content in self.rows:
            names = console.render_lines(name, options, pad=False)
            contents = console.render_lines(content, inner, pad=False)
            yield from _rows(names, contents, start)


def _rows(left: Sequence[Line], right: Sequence[Line], start: int) -> RenderResult:
    empty: Line = []
    for one, other in zip_longest(left, right, fillvalue=empty):
        yield from _row(one, other, start)


def _row(left: Line, right: Line, start: int) -> RenderResult:
    left, right = _trimmed(left), _trimmed(right)
    yield from left
    if right:
        yield Segment(" " * max(1, start - sum(segment.cell_length for segment in left)))
        yield from right
    yield Segment.line()


def _trimmed(line: Line) -> Line:
    """Return a line without spaces at its end."""
    shown = list(line)
    while shown and not shown[-1].text.rstrip():
        shown.pop()
    if shown:
        last = shown[-1]
        shown[-1] = Segment(last.text.rstrip(), last.style)
    return shown
