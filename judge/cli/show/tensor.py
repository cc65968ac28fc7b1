"""Draw a small tensor in full, its differing elements marked, in as many columns as fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

MARK = "*"


class Tensor:
    """The elements of a tensor as text, row-major; those at ``marked`` places differ."""

    def __init__(
        self, texts: Sequence[str], *, shape: tuple[int, ...], marked: frozenset[int], style: str
    ) -> None:
        self.texts = texts
        self.shape = shape
        self.marked = marked
        self.style = style
        self.cell = bool(marked) + max(map(cell_len, texts), default=0)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        columns = self.shape[-1] if self.shape else 1
        longest = max((len(_slice(leading, "")) for leading in self._leading()), default=0)
        return Measurement(self.cell, max(longest, (self.cell + 1) * columns - 1))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns = self.shape[-1] if self.shape else 1
        rows = self.shape[-2] if len(self.shape) > 1 else 1
        fit = max(1, (options.max_width + 1) // (self.cell + 1))
        for block, leading in enumerate(self._leading()):
            if block:
                yield Text()
            for left in range(0, columns, fit):
                right = min(left + fit, columns)
                part = "" if fit >= columns else f"{left}:{right}"
                if leading or part:
                    yield Text(_slice(leading, part), style="dim")
                for row in range(rows):
                    start = (block * rows + row) * columns
                    yield self._row(start + left, start + right)

    def _leading(self) -> Iterator[tuple[int, ...]]:
        return product(*map(range, self.shape[:-2]))

    def _row(self, start: int, stop: int) -> Text:
        line = Text(no_wrap=True)
        for place in range(start, stop):
            differs = place in self.marked
            mark = MARK if differs else ""
            text = (mark + self.texts[place]).rjust(self.cell)
            line.append(text, style=self.style if differs else "")
            line.append(" " if place + 1 < stop else "")
        return line


def place_text(place: Sequence[int]) -> str:
    """Write an index as Python does."""
    return f"[{', '.join(map(str, place))}]"


def _slice(leading: tuple[int, ...], columns: str) -> str:
    return place_slice([*map(str, leading), ":", columns or ":"]) if leading else f"[…, {columns}]"


def place_slice(parts: Sequence[str]) -> str:
    """Write a slice as Python does."""
    return f"[{', '.join(parts)}]"
