"""Draw where two tensors differ: a shade for each element, and what the shades stand for."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from judge.cli.show.numbers import short_text
from judge.cli.show.reader import Reader
from judge.cli.show.text import Prose
from judge.domain.report import DifferenceMap

AGREES = "·"
SHADES = "░▒▓█"
INFINITE = "∞"
_STYLES = {"░": "yellow", "▒": "yellow", "▓": "red", "█": "red", INFINITE: "magenta"}
_SAME = 1.5
"""Sizes within this factor are one size."""


class Picture:
    """One difference map, each element two columns wide where that fits, with its axes."""

    def __init__(self, drawn: DifferenceMap, *, reader: Reader) -> None:
        self.drawn = drawn
        self.reader = reader
        self.limits = shade_limits(drawn)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        start, stop = self.drawn.columns
        width = self._margin() + (stop - start)
        return Measurement(width, width + (stop - start))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        start, stop = self.drawn.columns
        room = options.max_width - self._margin()
        double = 2 * (stop - start) <= room
        yield self._axis(2 if double else 1)
        first, last = self.drawn.rows[0], self.drawn.rows[1] - 1
        for number, cells in enumerate(self.drawn.cells, start=first):
            name = str(number) if number in (first, last) or not number % 5 else ""
            line = Text(name.rjust(self._margin() - 1) + " ", style="dim", no_wrap=True)
            for cell in cells:
                shade = self.shade(cell)
                line.append(shade * 2 if double else shade, style=_STYLES.get(shade, "dim"))
            yield line
        yield Prose(self._legend())

    def shade(self, size: float) -> str:
        """Return the character for an error of some size."""
        if size == 0.0:
            return AGREES
        if not math.isfinite(size):
            return INFINITE
        return next((shade for shade, limit in self.limits if size <= limit), SHADES[-1])

    def _margin(self) -> int:
        return len(str(self.drawn.rows[1] - 1)) + 1

    def _axis(self, cell_width: int) -> Text:
        """Name the first and the last column."""
        first, last = str(self.drawn.columns[0]), str(self.drawn.columns[1] - 1)
        width = cell_width * (self.drawn.columns[1] - self.drawn.columns[0])
        gap = width - len(first) - len(last)
        line = first + " " * gap + last if gap > 0 else first
        return Text(" " * self._margin() + line, style="dim", no_wrap=True)

    def _legend(self) -> Text:
        line = Text()
        for symbol, meaning in self._meanings():
            line.append("   " if line else "")
            line.append(symbol, style=_STYLES.get(symbol, "dim"))
            line.append(f" {meaning}", style="dim")
        return line

    def _meanings(self) -> Iterator[tuple[str, str]]:
        sizes = [size for row in self.drawn.cells for size in row]
        if 0.0 in sizes:
            yield AGREES, self.reader("map.agrees")
        used = {self.shade(size) for size in sizes}
        for shade, limit in self.limits:
            if shade in used:
                yield shade, self.reader("map.up_to", size=short_text(limit, 2))
        if INFINITE in used:
            yield INFINITE, self.reader("map.infinite")


def tells_something(drawn: DifferenceMap) -> bool:
    """Tell whether a picture would show more than one shade."""
    sizes = {size for row in drawn.cells for size in row}
    shades = {AGREES if size == 0.0 else INFINITE for size in sizes if size in (0.0, math.inf)}
    return len(shades) + len(shade_limits(drawn)) > 1


def shade_limits(drawn: DifferenceMap) -> list[tuple[str, float]]:
    """Return up to which error each shade stands, by equal factors; one where all are alike."""
    finite = [size for row in drawn.cells for size in row if 0.0 < size < math.inf]
    if not finite:
        return []
    least, most = min(finite), max(finite)
    if most <= least * _SAME:
        return [(SHADES[-1], most)]
    low, high = math.log(least), math.log(most)
    steps = len(SHADES)
    inner = [math.exp(low + (high - low) * step / steps) for step in range(1, steps)]
    # The last exactly, for the largest error must not fall out by rounding.
    return list(zip(SHADES, [*inner, most], strict=True))
