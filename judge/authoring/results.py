"""What checking a problem's file comes to: frozen values, ready for JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Kind = Literal["solution", "also", "mistake", "mutant", "slip"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. ``where`` names a place in the problem, ``remedy`` what to do about it."""

    severity: Severity
    where: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One answer that was judged.

    ``expected`` and ``got`` are verdicts, or for a mutant or a slip words of
    ``judge.authoring.strength.Fate``; ``note`` says where or why.
    """

    kind: Kind
    name: str
    expected: str
    got: str
    ok: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What checking one file came to; ``ok`` where no finding is an error. ``seconds`` are wall."""

    path: str
    problem: str
    ok: bool
    findings: tuple[Finding, ...]
    tried: tuple[Trial, ...]
    seconds: float


Progress = Callable[[Trial], None]
"""Told of each trial as it ends."""


def error(where: str, message: str, remedy: str) -> Finding:
    """Return a finding that keeps a problem from being used."""
    return Finding("error", where, message, remedy)


def warning(where: str, message: str, remedy: str) -> Finding:
    """Return a finding that an author had better know."""
    return Finding("warning", where, message, remedy)
