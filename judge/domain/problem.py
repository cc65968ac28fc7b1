"""A problem as the rest of the program sees it: frozen and already valid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from judge.domain.verdict import Device, Fact, Verdict


class Language(StrEnum):
    """The two languages of every text."""

    ZH = "zh"
    EN = "en"


class Difficulty(StrEnum):
    """How much a problem asks of a student who has read its chapter."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in one language."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True)
class Signature:
    """The function a student writes: ``scores(queries: Tensor, keys: Tensor) -> Tensor``."""

    source: str
    name: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one case may use. CPU seconds, and bytes over what a warm child has anyway."""

    time_s: float = 2.0
    memory_bytes: int = 512 << 20


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Two numbers are equal when ``|got - want| <= atol + rtol * |want|``."""

    rtol: float
    atol: float


@dataclass(frozen=True, slots=True)
class IntegerRange:
    """``1..4``: an integer drawn anew for every submission, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Choice:
    """``[a, b]``: one of these expressions, drawn anew for every submission."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """A Python expression, evaluated in the child: a base for views and aliases, say."""

    source: str


Draw = IntegerRange | Choice | Expression


@dataclass(frozen=True, slots=True)
class Case:
    """One way of calling the student's function, and what is looked at afterwards.

    ``let`` is evaluated in order, then ``setup`` runs, then ``arguments`` and ``keywords`` are
    evaluated; all of it before any student code is loaded. ``checks`` holds on-request facts only.
    ``points`` are for the case as a whole, however often ``repeat`` runs it.
    """

    name: Text
    arguments: tuple[str, ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()
    let: tuple[tuple[str, Draw], ...] = ()
    setup: str = ""
    shown: bool = False
    repeat: int = 1
    points: int = 1
    checks: frozenset[Fact] = frozenset()
    returns: str | None = None
    raises: str | None = None
    prints: str | None = None
    device: Device = Device.CPU
    tolerance: Tolerance | None = None
    max_ops: int | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that students give, the verdict it must earn, and what to tell them."""

    verdict: Verdict
    explain: Text
    code: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Names and keywords that an answer may not, or must, use."""

    forbid: tuple[str, ...] = ()
    require: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One exercise. ``slug`` is ``chapter/name``; ``version`` hashes all that judging uses."""

    slug: str
    version: str
    title: Text
    difficulty: Difficulty
    signature: Signature
    statement: Text
    solution: str
    cases: tuple[Case, ...]
    teaches: tuple[str, ...] = ()
    hints: tuple[Text, ...] = ()
    given: str = ""
    mistakes: tuple[Mistake, ...] = ()
    also: tuple[str, ...] = ()
    rules: Rules = Rules()
    limits: Limits = Limits()
    tolerance: Tolerance | None = None
    exempt: Mapping[str, str] | None = None
    """Generic mutants that this problem lets live, by name, each with the author's reason."""

    @property
    def checks(self) -> frozenset[Fact]:
        """Every on-request fact that some case looks at."""
        return frozenset().union(*(case.checks for case in self.cases))
