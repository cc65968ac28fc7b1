"""See every slip of a reference fail: small edits, as a tired student would make them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from judge.authoring.checking import WORKERS, broken, seeds_for, unreadable
from judge.authoring.results import CheckReport, Finding, Trial
from judge.authoring.slips import slips
from judge.authoring.strength import Strength, finding_of, trial_of
from judge.catalog import ProblemFileError, load_problem
from judge.domain.problem import Problem
from judge.errors import AuthorError
from judge.pipeline import Judge


def check_slips(judge: Judge, path: Path) -> CheckReport:
    """Put the slips of a problem's reference before its own cases.

    A slip that changes nothing that could be seen is equivalent; any other has to be rejected.

    Raises:
        SandboxError: the sandbox failed; nothing is said about the problem.
        UsageError: there is no such file.
    """
    start = time.perf_counter()
    try:
        return try_slips(judge, load_problem(path), path=path)
    except ProblemFileError as exc:
        return unreadable(path, exc, start=start)


def try_slips(judge: Judge, problem: Problem, *, path: Path) -> CheckReport:
    """Do so for a problem that is loaded already; see ``check_slips``."""
    start = time.perf_counter()
    first, second = seeds_for(problem, 2)
    try:
        strength = Strength(judge.sandbox, problem, seeds=(first, second))
    except AuthorError as exc:
        return _report(path, problem, [broken(exc, problem)], tried=(), start=start)
    with ThreadPoolExecutor(WORKERS) as pool:
        outcomes = list(pool.map(strength.outcome, slips(problem)))
    found = [each for each in (finding_of(one, problem) for one in outcomes) if each is not None]
    tried = tuple(trial_of(one, problem) for one in outcomes)
    return _report(path, problem, found, tried=tried, start=start)


def _report(
    path: Path, problem: Problem, found: list[Finding], *, tried: tuple[Trial, ...], start: float
) -> CheckReport:
    seconds = time.perf_counter() - start
    return CheckReport(str(path), problem.slug, not found, tuple(found), tried, seconds)
