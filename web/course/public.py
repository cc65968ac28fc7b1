"""What may be shown of a problem: its hidden cases and its reference never leave this module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from judge.catalog import parse_problem
from judge.domain.problem import Case, Language, Problem, Text
from web.rendering.code import highlighted
from web.rendering.markdown import markdown

_KEPT = 512


@dataclass(frozen=True, slots=True)
class PublicSample:
    """A visible case: what the function is called with, and what comes of it where that is stated.

    ``returns`` is an expression, ``raises`` a class of exceptions, ``prints`` text.
    """

    name: Text
    call: str
    returns: str | None
    raises: str | None
    prints: str | None


@dataclass(frozen=True, slots=True)
class PublicProblem:
    """Everything of a problem that students may know before they submit."""

    slug: str
    title: Text
    difficulty: str
    signature: str
    statement: Text
    given: str
    teaches: tuple[str, ...]
    hints: tuple[Text, ...]
    forbid: tuple[str, ...]
    require: tuple[str, ...]
    time_s: float
    memory_mb: int
    points: int
    samples: tuple[PublicSample, ...]
    starter: str


@dataclass(frozen=True, slots=True)
class ShownSample:
    """A sample, ready for a page."""

    name: str
    call: Markup
    returns: Markup | None
    raises: str | None
    prints: str | None


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem in one language, ready for a page."""

    slug: str
    title: str
    chapter_title: str
    chapter_url: str
    difficulty: str
    signature: str
    statement: Markup
    given: Markup | None
    teaches: tuple[str, ...]
    hints: tuple[Markup, ...]
    forbid: tuple[str, ...]
    require: tuple[str, ...]
    time_s: str
    memory_mb: int
    points: int
    samples: tuple[ShownSample, ...]


@lru_cache(maxsize=_KEPT)
def public_problem(slug: str, source: str) -> PublicProblem:
    """Return what may be shown of a version, from the text of its file."""
    problem = parse_problem(source.encode(), path=Path(f"{slug}.yaml"))
    return PublicProblem(
        slug=problem.slug,
        title=problem.title,
        difficulty=problem.difficulty.value,
        signature=problem.signature.source,
        statement=problem.statement,
        given=problem.given.strip(),
        teaches=problem.teaches,
        hints=problem.hints,
        forbid=problem.rules.forbid,
        require=problem.rules.require,
        time_s=problem.limits.time_s,
        memory_mb=problem.limits.memory_bytes >> 20,
        points=sum(case.points for case in problem.cases),
        samples=tuple(_sample(problem, case) for case in problem.cases if case.shown),
        starter=_starter(problem),
    )


def _sample(problem: Problem, case: Case) -> PublicSample:
    """Write a visible case as the call that it is, after what has to be there first."""
    before = [f"{name} = {_drawn(draw)}" for name, draw in case.let]
    if case.setup.strip():
        before.append(case.setup.strip())
    arguments = [*case.arguments, *(f"{name}={source}" for name, source in case.keywords)]
    call = f"{problem.signature.name}({', '.join(arguments)})"
    return PublicSample(
        case.name, "\n".join([*before, call]), case.returns, case.raises, case.prints
    )


def _drawn(draw: object) -> str:
    source = getattr(draw, "source", None)
    if source is not None:
        return str(source)
    options = getattr(draw, "options", None)
    if options is not None:
        return " | ".join(options)
    return f"{getattr(draw, 'low', '')} .. {getattr(draw, 'high', '')}"


def _starter(problem: Problem) -> str:
    """Return what an empty editor begins with: imports and the function's head."""
    types = "from torch import Tensor\n" if "Tensor" in problem.signature.source else ""
    return f"import torch\n{types}\n\ndef {problem.signature.source}:\n    ...\n"


@lru_cache(maxsize=2 * _KEPT)
def shown_problem(
    slug: str, source: str, language: Language, chapter_title: str, chapter_url: str
) -> ShownProblem:
    """Return a problem ready for a page: rendered once for each version and language."""
    public = public_problem(slug, source)
    return ShownProblem(
        slug=public.slug,
        title=public.title.in_language(language),
        chapter_title=chapter_title,
        chapter_url=chapter_url,
        difficulty=public.difficulty,
        signature=public.signature,
        statement=markdown(public.statement.in_language(language)),
        given=highlighted(public.given) if public.given else None,
        teaches=public.teaches,
        hints=tuple(markdown(hint.in_language(language)) for hint in public.hints),
        forbid=public.forbid,
        require=public.require,
        time_s=f"{public.time_s:g}",
        memory_mb=public.memory_mb,
        points=public.points,
        samples=tuple(
            ShownSample(
                each.name.in_language(language),
                highlighted(each.call),
                None if each.returns is None else highlighted(each.returns),
                each.raises,
                each.prints,
            )
            for each in public.samples
        ),
    )
