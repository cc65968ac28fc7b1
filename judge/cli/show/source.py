"""Quote lines of the student's own file: the lines of a traceback, or one place with a caret."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from judge.cli.show.reader import Reader
from judge.cli.show.text import clean, plain
from judge.domain.observation import Frame

MARK = ">"
_CONTEXT = 1
_MOST_OUTER = 3
_MOST_INNER = 4
_CUT = "…"


class Excerpt:
    """Lines of a file with their numbers, one of them marked, a caret below a column of it."""

    def __init__(
        self,
        source: Sequence[str],
        *,
        line: int,
        column: int | None = None,
        context: int = _CONTEXT,
    ) -> None:
        self.source = source
        self.line = line
        self.column = column
        self.context = context

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        width = max((cell_len(clean(self.source[each - 1])) for each in self._shown()), default=0)
        return Measurement(16, width + self._margin())

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(8, options.max_width - self._margin())
        for number in self._shown():
            marked = number == self.line
            text = self.source[number - 1]
            before = text[: self.column - 1] if marked and self.column else ""
            shown, start = _cropped(clean(text), cell_len(clean(before)), room)
            yield self._numbered(number, shown, marked=marked)
            if marked and self.column:
                caret = " " * (self._margin() + start) + "^"
                yield Text(caret, style="bold red", no_wrap=True)

    def _numbered(self, number: int, shown: str, *, marked: bool) -> Text:
        line = Text(no_wrap=True)
        line.append(f"{MARK if marked else ' '} ", style="bold red")
        line.append(str(number).rjust(self._margin() - 5), style="dim")
        line.append(" │ ", style="dim")
        line.append(shown, style="bold" if marked else "")
        line.rstrip()
        return line

    def _margin(self) -> int:
        return 5 + len(str(self.line + self.context))

    def _shown(self) -> range:
        if not 1 <= self.line <= len(self.source):
            return range(0)
        first = max(1, self.line - self.context)
        last = min(len(self.source), self.line + self.context)
        while first < self.line and not self.source[first - 1].strip():
            first += 1
        while last > self.line and not self.source[last - 1].strip():
            last -= 1
        return range(first, last + 1)


def traceback(frames: Sequence[Frame], *, reader: Reader) -> list[Text | Excerpt]:
    """Return the student's lines of a traceback, outermost first, the last with its neighbours.

    A line that calls itself is quoted once; of a long traceback the middle is left out.
    """
    runs = [(frame, len(list(same))) for frame, same in groupby(frames)]
    hidden = len(runs) - _MOST_OUTER - _MOST_INNER
    shown: list[Text | Excerpt] = []
    for index, (frame, times) in enumerate(runs):
        if hidden > 0 and _MOST_OUTER <= index < _MOST_OUTER + hidden:
            if index == _MOST_OUTER:
                shown.append(plain(reader("source.more", count=hidden), style="dim"))
            continue
        last = index == len(runs) - 1
        shown += _quoted(frame, reader, context=_CONTEXT if last else 0, named=len(runs) > 1)
        if times > 1:
            shown.append(plain(reader("source.again", count=times - 1), style="dim"))
    return shown


def _quoted(frame: Frame, reader: Reader, *, context: int, named: bool) -> list[Text | Excerpt]:
    if not 1 <= frame.line <= len(reader.source):
        where = reader("source.where", line=frame.line, name=frame.function)
        return [plain(where, style="dim")]
    excerpt = Excerpt(reader.source, line=frame.line, context=context)
    name = plain(reader("source.in", name=frame.function), style="dim")
    return [name, excerpt] if named else [excerpt]


def _cropped(text: str, caret: int, room: int) -> tuple[str, int]:
    """Return the part of a line around a column that fits, and where in it the column is."""
    text = text.rstrip()
    if cell_len(text) <= room and caret < room:
        return text, caret
    skip = 0
    if caret > room - 4:
        skip = caret - room // 2
    taken, used, start = "", 0, 0
    for character in text:
        size = cell_len(character)
        if start < skip:
            start += size
            continue
        if used + size > room - 2:
            taken += _CUT
            break
        taken, used = taken + character, used + size
    return (_CUT + taken, caret - start + 1) if skip else (taken, caret)
