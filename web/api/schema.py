"""What the API sends and takes: one model each, which validates and documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from web.submissions.answers import MAX_CODE, MAX_INPUT


class Model(BaseModel):
    """The root of the models: nothing unknown is taken."""

    model_config = ConfigDict(extra="forbid")


class Words(Model):
    """A text in both languages."""

    zh: str
    en: str


class Me(Model):
    """Whose token this is."""

    name: str
    role: str


class ProblemLine(Model):
    """A problem as lists have it. ``best_score`` is None where it was not tried."""

    slug: str
    title: Words
    difficulty: str
    points: int
    accepted: bool
    attempts: int
    best_score: int | None


class ChapterLine(Model):
    """A chapter and its problems."""

    slug: str
    title: Words
    problems: list[ProblemLine]


class Course(Model):
    """The whole course."""

    chapters: list[ChapterLine]


class SampleOut(Model):
    """A visible case.

    What comes of it where that is stated: ``returns`` an expression, ``raises`` a class of
    exceptions, ``prints`` text.
    """

    name: Words
    call: str
    returns: str | None
    raises: str | None
    prints: str | None


class ProblemOut(Model):
    """Everything that may be known of a problem; texts are Markdown."""

    slug: str
    title: Words
    difficulty: str
    signature: str
    statement: Words
    given: str
    hints: list[Words]
    samples: list[SampleOut]
    forbid: list[str]
    require: list[str]
    time_s: float
    memory_mb: int
    points: int
    starter: str


class SubmitIn(Model):
    """An answer. ``inputs``: for a run, the arguments of a further call."""

    problem: str = Field(max_length=160)
    code: str = Field(max_length=MAX_CODE)
    kind: Literal["submit", "run"] = "submit"
    inputs: str = Field(default="", max_length=MAX_INPUT)


class SubmissionLine(Model):
    """A submission as lists have it."""

    id: int
    problem: str
    kind: str
    state: str
    verdict: str | None
    score: int | None
    points: int | None
    created_at: datetime


class SubmissionOut(SubmissionLine):
    """A submission; ``place`` while it waits, ``report`` once it is judged."""

    place: int | None
    report: dict[str, Any] | None


class Submissions(Model):
    """A page of submissions; ``next`` is ``before`` of the page after."""

    submissions: list[SubmissionLine]
    next: int | None


class Problem(Model):
    """An error, as RFC 9457 has it."""

    title: str
    status: int
    detail: str
