"""Say which torch names reference solutions really use: what problems claim, chapters owe."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, replace

from judge.domain.problem import Problem, Rules
from judge.domain.seeds import new_seed
from judge.pipeline import Judge
from judge.pipeline.assess import was_called
from judge.pipeline.runs import author_job

_BY_ITS_SIGN = {"Tensor.__matmul__": "@"}
"""An operator is found where it is written: torch reports it by another name."""


@dataclass(frozen=True, slots=True)
class Taught:
    """One name under ``teaches`` of one problem, and whether its solution uses it."""

    problem: str
    name: str
    used: bool


def coverage(judge: Judge, problems: Iterable[Problem]) -> tuple[Taught, ...]:
    """Return a row for each name that looks like torch's, in the problems' order.

    Raises:
        SandboxError: the sandbox failed.
    """
    rows = []
    for problem in problems:
        names = tuple(each for each in problem.teaches if each.startswith(("torch.", "Tensor.")))
        used = used_names(judge, problem, names)
        rows += [Taught(problem.slug, name, name in used) for name in names]
    return tuple(rows)


def used_names(judge: Judge, problem: Problem, names: Iterable[str]) -> frozenset[str]:
    """Return those of the names that a problem's solution uses.

    A function counts where a call of it was seen, anything else (a class, a module's method, an
    operator) where the solution's text names it: what ``given`` has the student need not write.

    Raises:
        SandboxError: the sandbox failed.
    """
    asked = {name: _as_rule(name) for name in names}
    if not asked:
        return frozenset()
    rules = tuple(asked.values())
    whole = replace(problem, given="", rules=Rules(require=rules))
    job = replace(author_job(whole, _own_text(problem), seeds=(new_seed(),)), require=rules)
    job = replace(job, given=problem.given)
    result = judge.sandbox.run(job)
    calls = frozenset[str]().union(*(seen.calls or () for seen in result.observations.values()))
    return frozenset(
        name for name, rule in asked.items() if was_called(name, calls) or rule in result.uses
    )


def _own_text(problem: Problem) -> str:
    """Return the solution after what ``given`` imports; an annotation names, but does not use."""
    imports = [
        each
        for each in ast.parse(problem.given).body
        if isinstance(each, ast.Import | ast.ImportFrom)
    ]
    solution = ast.parse(problem.solution)
    for node in ast.walk(solution):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
    return ast.unparse(ast.Module([*imports, *solution.body], []))


def _as_rule(name: str) -> str:
    """Return what to look for: a module's method is an attribute like a tensor's."""
    if name.startswith("Module."):
        return f"Tensor.{name.removeprefix('Module.')}"
    return _BY_ITS_SIGN.get(name, name)
