"""The difference of two answers: lines that are the same, gone or new, and where inside them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from web.rendering.text import visible

MOST_LINES = 3000
_CONTEXT = 3
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.4
"""Of two lines less alike than this, nothing is marked inside: it would be letters at random."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``kind`` is same, removed, added, changed or gap; a side without a line is None."""

    kind: str
    old_number: int | None = None
    old: Markup | None = None
    new_number: int | None = None
    new: Markup | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the difference in a single column: same, removed, added or gap."""

    kind: str
    number: int | None = None
    text: Markup | None = None


def rows(old: str, new: str) -> list[Row]:
    """Return the difference side by side; long stretches without any are gaps."""
    left, right = _lines(old), _lines(new)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    found: list[Row] = []
    for place, group in enumerate(matcher.get_grouped_opcodes(_CONTEXT)):
        if place or group[0][1] or group[0][3]:
            found.append(Row("gap"))
        for tag, i, j, k, m in group:
            if tag == "equal":
                found += [
                    Row("same", i + at + 1, escape(left[i + at]), k + at + 1, escape(right[k + at]))
                    for at in range(j - i)
                ]
            else:
                found += _changed(left, right, (i, j), (k, m))
    return found


def unified(found: Iterable[Row]) -> list[Line]:
    """Return the same difference in one column: of each change first what went, then what came."""
    lines: list[Line] = []
    came: list[Line] = []
    for row in found:
        if row.kind in ("same", "gap"):
            lines += [*came, Line(row.kind, row.new_number, row.new)]
            came = []
            continue
        if row.old is not None:
            lines.append(Line("removed", row.old_number, row.old))
        if row.new is not None:
            came.append(Line("added", row.new_number, row.new))
    return lines + came


def _lines(text: str) -> list[str]:
    return visible(text, most=300_000).splitlines()[:MOST_LINES]


def _changed(
    left: Sequence[str], right: Sequence[str], gone: tuple[int, int], came: tuple[int, int]
) -> Iterator[Row]:
    pairs = min(gone[1] - gone[0], came[1] - came[0])
    for at in range(pairs):
        old, new = left[gone[0] + at], right[came[0] + at]
        marked_old, marked_new = _inside(old, new)
        yield Row("changed", gone[0] + at + 1, marked_old, came[0] + at + 1, marked_new)
    for number in range(gone[0] + pairs, gone[1]):
        yield Row("removed", number + 1, escape(left[number]))
    for number in range(came[0] + pairs, came[1]):
        yield Row("added", None, None, number + 1, escape(right[number]))


def _inside(old: str, new: str) -> tuple[Markup, Markup]:
    """Mark what differs inside of two lines that stand for each other."""
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    gone, came = Markup(""), Markup("")
    if matcher.ratio() < _ALIKE:
        return escape(old), escape(new)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            gone += escape("".join(left[i:j]))
            came += escape("".join(right[k:m]))
            continue
        if j > i:
            gone += Markup("<del>{}</del>").format("".join(left[i:j]))
        if m > k:
            came += Markup("<ins>{}</ins>").format("".join(right[k:m]))
    return gone, came
