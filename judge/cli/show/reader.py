"""Whom a report is shown to: their language, and their own file, whose lines it may quote."""

from __future__ import annotations

from dataclasses import dataclass

from judge.domain.problem import Language, Text
from judge.domain.report import Message
from judge.domain.verdict import Fact, Verdict
from judge.wording import fact_name, render, verdict_meaning, verdict_name
from judge.wording.interface import label


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader of one report; ``source`` holds the lines of the file that was judged."""

    language: Language
    source: tuple[str, ...] = ()

    def __call__(self, key: str, **parameters: str | int) -> str:
        """Return a label."""
        return label(key, self.language, **parameters)

    def say(self, message: Message) -> str:
        """Word a message."""
        return render(message, self.language)

    def verdict(self, verdict: Verdict) -> str:
        """Name a verdict."""
        return verdict_name(verdict, self.language)

    def meaning(self, verdict: Verdict) -> str:
        """Say what a verdict means."""
        return verdict_meaning(verdict, self.language)

    def fact(self, fact: Fact) -> str:
        """Name a property."""
        return fact_name(fact, self.language)

    def text(self, text: Text) -> str:
        """Return a problem's text."""
        return text.in_language(self.language)


def lines_of(source: bytes) -> tuple[str, ...]:
    """Return a file's lines as Python counts them: only line ends end a line, not a form feed."""
    text = source.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return tuple(text.split("\n"))
