"""What a language has to have: a sentence for every message, a name for every closed set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judge.domain.verdict import Fact, Verdict


@dataclass(frozen=True, slots=True)
class Tables:
    """One language. ``terms`` has names for what parameters may hold, by parameter and value."""

    sentences: Mapping[str, str]
    terms: Mapping[str, Mapping[str, str]]
    verdicts: Mapping[Verdict, str]
    meanings: Mapping[Verdict, str]
    facts: Mapping[Fact, str]
    separator: str
    """Between the items of a list."""
