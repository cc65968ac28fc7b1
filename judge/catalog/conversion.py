"""Turn a valid problem's file into the domain's problem."""

from __future__ import annotations

from dataclasses import replace

from judge.catalog.python_text import parse_signature
from judge.catalog.schema import BothLanguages, CaseEntry, ProblemFile, ToleranceEntry
from judge.catalog.version import version_of
from judge.domain.problem import (
    Case,
    Choice,
    Expression,
    IntegerRange,
    Limits,
    Mistake,
    Problem,
    Rules,
    Text,
    Tolerance,
)
from judge.domain.verdict import Fact


def to_problem(file: ProblemFile, *, slug: str) -> Problem:
    """Return the problem that a file describes; ``slug`` is ``chapter/name``."""
    problem = Problem(
        slug=slug,
        version="",
        title=to_text(file.title),
        difficulty=file.difficulty,
        signature=parse_signature(file.signature).signature,
        statement=to_text(file.statement),
        solution=file.solution,
        cases=tuple(map(_case, file.cases)),
        teaches=tuple(file.teaches),
        hints=tuple(map(to_text, file.hints)),
        given=file.given or "",
        mistakes=tuple(
            Mistake(each.verdict, to_text(each.explain), each.code) for each in file.mistakes
        ),
        also=tuple(file.also),
        rules=Rules(tuple(file.rules.forbid), tuple(file.rules.require)),
        limits=Limits(file.limits.time_s, file.limits.memory_mb << 20),
        tolerance=_tolerance(file.tolerance),
        exempt=dict(file.exempt),
    )
    return replace(problem, version=version_of(problem))


def to_text(both: BothLanguages) -> Text:
    """Return a text without the blank lines around it, which only YAML's layout put there."""
    return Text(zh=both.zh.strip("\n").rstrip(), en=both.en.strip("\n").rstrip())


def _case(entry: CaseEntry) -> Case:
    return Case(
        name=to_text(entry.name),
        arguments=tuple(entry.args),
        keywords=tuple(entry.kwargs.items()),
        let=tuple((name, _draw(way)) for name, way in entry.let.items()),
        setup=entry.setup or "",
        shown=entry.show,
        repeat=entry.repeat,
        points=entry.points,
        checks=_checks(entry),
        returns=entry.returns,
        raises=entry.raises,
        prints=entry.prints,
        device=entry.device,
        tolerance=_tolerance(entry.tolerance),
        max_ops=entry.max_ops,
    )


def _checks(entry: CaseEntry) -> frozenset[Fact]:
    asked = set(entry.check)
    if entry.prints is not None:
        asked.add(Fact.OUTPUT)
    if entry.max_ops is not None:
        asked.add(Fact.OPERATIONS)
    return frozenset(asked)


def _draw(way: list[str] | IntegerRange | Expression) -> IntegerRange | Choice | Expression:
    return Choice(tuple(way)) if isinstance(way, list) else way


def _tolerance(entry: ToleranceEntry | None) -> Tolerance | None:
    return Tolerance(rtol=entry.rtol, atol=entry.atol) if entry else None
