"""Say which torch names that problems claim to teach their reference solutions really use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from judge.domain.problem import Problem, Rules
from judge.domain.seeds import new_seed
from judge.pipeline import Judge
from judge.pipeline.assess import was_called
from judge.pipeline.runs import author_job


@dataclass(frozen=True, slots=True)
class Taught:
    """One name under ``teaches`` of one problem, and whether its solution uses it."""

    problem: str
    name: str
    used: bool


def coverage(judge: Judge, problems: Iterable[Problem]) -> tuple[Taught, ...]:
    """Return a row for each name that looks like torch's, in the problems' order.

    A function counts where a call of it was seen, anything else (a class, say) where the solution's
    text names it.

    Raises:
        SandboxError: the sandbox failed.
    """
    return tuple(row for problem in problems for row in _rows(judge, problem))


def _rows(judge: Judge, problem: Problem) -> Iterable[Taught]:
    names = tuple(each for each in problem.teaches if each.startswith(("torch.", "Tensor.")))
    if not names:
        return
    traced = replace(problem, rules=Rules(require=names))
    job = replace(author_job(traced, problem.solution, seeds=(new_seed(),)), require=names)
    result = judge.sandbox.run(job)
    calls = frozenset[str]().union(*(seen.calls or () for seen in result.observations.values()))
    for name in names:
        yield Taught(problem.slug, name, was_called(name, calls) or name in result.uses)
