"""Lay out pictures of progress: a square for each day, a bar for each number of attempts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_STEP = 15
_LEVELS = (1, 2, 4, 8)
"""Submissions of a day from which on its square is fuller."""
_MOST_BAR = 420
_LAST = 6


@dataclass(frozen=True, slots=True)
class Day:
    """One square."""

    date: date
    count: int
    level: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """All squares: weeks are columns, Monday on top."""

    width: int
    height: int
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many problems took so many attempts; ``width`` in units of the picture."""

    words: str
    count: int
    width: int


def calendar(counts: Mapping[date, int], *, today: date, weeks: int = 26) -> Calendar:
    """Lay out the last weeks."""
    start = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    days = tuple(
        Day(
            each,
            counts.get(each, 0),
            sum(counts.get(each, 0) >= level for level in _LEVELS),
            _STEP * ((each - start).days // 7),
            _STEP * each.weekday(),
        )
        for each in (start + timedelta(days=n) for n in range((today - start).days + 1))
    )
    return Calendar(_STEP * weeks, _STEP * 7, days)


def bars(attempts: Sequence[int], *, one: str, many: str, more: str) -> list[Bar]:
    """Count how many problems took one attempt, two, …, or as many as the last or more.

    Args:
        attempts: of each solved problem.
        one: the words for one attempt.
        many: the words for several, with ``{}`` for how many.
        more: the words for the last bar, likewise.
    """
    if not attempts:
        return []
    counts = Counter(min(each, _LAST) for each in attempts)
    most = max(counts.values())
    return [
        Bar(
            one if number == 1 else (more if number == _LAST else many).format(number),
            counts[number],
            max(2, _MOST_BAR * counts[number] // most) if counts[number] else 0,
        )
        for number in range(1, max(counts) + 1)
    ]
