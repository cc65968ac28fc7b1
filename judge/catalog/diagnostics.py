"""What is wrong with an author's file, and where: every fault of a file at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from judge.errors import AuthorError

MOST_DIAGNOSTICS = 100
LONGEST_WORD = 80


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a text; ``line`` and ``column`` count characters from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: its place (``line`` and ``column`` count from 1), what is wrong, the remedy."""

    path: Path
    line: int
    column: int
    message: str
    suggestion: str | None = None

    def __str__(self) -> str:
        meant = f" (did you mean `{self.suggestion}`?)" if self.suggestion else ""
        return f"{self.path}:{self.line}:{self.column}: {self.message}{meant}"


class ProblemFileError(AuthorError):
    """A problem's or the course's file is not valid; ``diagnostics`` holds every fault found."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        found = dict.fromkeys(sorted(diagnostics, key=lambda one: (one.line, one.column)))
        self.diagnostics = _capped(tuple(found))
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics))


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that ``word`` was probably meant to be, or None."""
    # difflib is quadratic: a key of a megabyte must not hold anybody up.
    if len(word) > LONGEST_WORD:
        return None
    plain = {_plain(each): each for each in candidates}
    found = difflib.get_close_matches(_plain(word), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def short(text: str) -> str:
    """Return an author's word fit for a message: one line, nothing unprintable, not endless."""
    line = "".join(each if each.isprintable() else " " for each in text[:60])
    return f"{line}…" if text[60:] else line


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")


def _capped(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    if len(found) <= MOST_DIAGNOSTICS:
        return found
    last = found[MOST_DIAGNOSTICS]
    rest = len(found) - MOST_DIAGNOSTICS
    more = Diagnostic(last.path, last.line, last.column, f"{rest} more errors are not shown")
    return (*found[:MOST_DIAGNOSTICS], more)
