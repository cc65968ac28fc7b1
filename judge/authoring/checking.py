"""Check one problem from end to end: file, reference, answers, the strength of its cases."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from judge.authoring.answers import Answers, Tried
from judge.authoring.mutants import MUTANTS
from judge.authoring.results import CheckReport, Finding, Progress, Trial, error
from judge.authoring.smells import smells
from judge.authoring.stated import disagreements, unsteadiness
from judge.authoring.strength import Strength, finding_of, trial_of, unknown_exempt
from judge.catalog import ProblemFileError, load_problem
from judge.domain.problem import Problem
from judge.errors import AuthorError
from judge.pipeline import Judge, Key
from judge.pipeline.keys import make_keys

WORKERS = 2
"""Threads that judge at the same time: a judging mostly waits for its child."""
FEWEST_SEEDS = 2
"""What is random can be told from what is fixed by two draws at least."""

_UNTRUE = "let the case state what the solution does, or mend the solution"
_REMEDIES = (
    (
        "can't be called",
        "the solution has to define the function of `signature` and end within the limits",
    ),
    ("can't be made", "try the expressions in Python, after `given`, `let` and `setup`"),
    (
        "over the time limit",
        "look for an endless loop, make the case smaller, or raise `limits.time_s`",
    ),
    ("over the memory limit", "make the case smaller, or raise `limits.memory_mb`"),
    ("says that it raises", _UNTRUE),
    ("not run to its end", "an earlier case took too long: mend that one first"),
)
_REMEDY = "mend the solution, or say `raises:` in the case if that is what it should do"


def check_file(
    judge: Judge,
    path: Path,
    *,
    seeds: int = 5,
    mutants: bool = False,
    progress: Progress | None = None,
) -> CheckReport:
    """Check one problem's file.

    Args:
        judge: what judges its answers.
        path: the file.
        seeds: how many draws of the random inputs; at least two are made.
        mutants: whether generic mutants of the reference have to be rejected too.
        progress: told of each trial as it ends.

    Raises:
        SandboxError: the sandbox failed; nothing is said about the problem.
        UsageError: there is no such file.
    """
    start = time.perf_counter()
    try:
        problem = load_problem(path)
    except ProblemFileError as exc:
        return unreadable(path, exc, start=start)
    return check_problem(judge, problem, path=path, seeds=seeds, mutants=mutants, progress=progress)


def unreadable(path: Path, exc: ProblemFileError, *, start: float) -> CheckReport:
    """Return the report of a file that is no problem's."""
    found = tuple(
        error(f"line {each.line}, column {each.column}", each.message, _meant(each.suggestion))
        for each in exc.diagnostics
    )
    name = f"{path.absolute().parent.name}/{path.stem}"
    return CheckReport(str(path), name, ok=False, findings=found, tried=(), seconds=_since(start))


def check_problem(
    judge: Judge,
    problem: Problem,
    *,
    path: Path,
    seeds: int = 5,
    mutants: bool = False,
    progress: Progress | None = None,
) -> CheckReport:
    """Check a problem that is loaded already; see ``check_file``.

    The same problem is drawn the same inputs each time, so that what was found is found again.
    """
    start = time.perf_counter()
    check = _Check(judge, problem, progress)
    try:
        check.run(seeds_for(problem, max(FEWEST_SEEDS, seeds)), mutants=mutants)
    except AuthorError as exc:
        check.findings.append(broken(exc, problem))
    found = sorted(check.findings, key=lambda each: each.severity)
    ok = not any(each.severity == "error" for each in found)
    return CheckReport(str(path), problem.slug, ok, tuple(found), tuple(check.tried), _since(start))


class _Check:
    """One check under way."""

    def __init__(self, judge: Judge, problem: Problem, progress: Progress | None) -> None:
        self._sandbox = judge.sandbox
        self._problem = problem
        self._progress = progress
        self.findings: list[Finding] = []
        self.tried: list[Trial] = []

    def run(self, seeds: tuple[str, ...], *, mutants: bool) -> None:
        """Run all checks; AuthorError where the problem is too broken for them."""
        problem = self._problem
        self.findings += unknown_exempt(problem)
        # One first: a reference without end should not be waited for several times.
        first = make_keys(self._sandbox, problem, seeds=seeds[:1])
        keys = (*first, *make_keys(self._sandbox, problem, seeds=seeds[1:]))
        self.findings += disagreements(self._sandbox, problem, key=keys[0])
        self.findings += unsteadiness(self._sandbox, problem, key=keys[0])
        self.findings += smells(problem, keys=keys)
        with ThreadPoolExecutor(WORKERS) as pool:
            self._try_all(pool, self._own_answers(keys))
            if mutants and not any(each.severity == "error" for each in self.findings):
                self._try_all(pool, self._mutants(seeds))

    def _try_all(self, pool: ThreadPoolExecutor, trials: Iterator[Callable[[], Tried]]) -> None:
        for trial, found in pool.map(_called, list(trials)):
            self.tried.append(trial)
            self.findings += found
            if self._progress is not None:
                self._progress(trial)

    def _own_answers(self, keys: tuple[Key, ...]) -> Iterator[Callable[[], Tried]]:
        answers = Answers(self._sandbox, self._problem, keys=keys)
        yield answers.solution
        for index in range(len(self._problem.also)):
            yield partial(answers.also, index)
        for index in range(len(self._problem.mistakes)):
            yield partial(answers.mistake, index)

    def _mutants(self, seeds: tuple[str, ...]) -> Iterator[Callable[[], Tried]]:
        strength = Strength(self._sandbox, self._problem, seeds=(seeds[0], seeds[1]))

        def tried(name: str) -> Tried:
            outcome = strength.outcome(MUTANTS[name])
            found = finding_of(outcome, self._problem)
            return trial_of(outcome, self._problem), [found] if found is not None else []

        for name in MUTANTS:
            yield partial(tried, name)


def _called(trial: Callable[[], Tried]) -> Tried:
    return trial()


def broken(exc: AuthorError, problem: Problem) -> Finding:
    """Return the finding that a problem which can't be judged at all comes to."""
    message = str(exc).removeprefix(f"{problem.slug}: ")
    named = (each.name.en for each in problem.cases if repr(each.name.en) in message)
    where = next(
        (f"case {name!r}" for name in named), "given" if message.startswith("given") else "solution"
    )
    remedy = next((text for words, text in _REMEDIES if words in message), _REMEDY)
    return error(where, message, remedy)


def seeds_for(problem: Problem, count: int) -> tuple[str, ...]:
    """Return as many seeds, always the same ones for a version of a problem."""
    labels = (f"{problem.slug}@{problem.version}/{number}" for number in range(count))
    return tuple(hashlib.sha256(label.encode()).hexdigest()[:32] for label in labels)


def _meant(suggestion: str | None) -> str:
    return (
        f"did you mean `{suggestion}`?" if suggestion else "mend it; `judge schema` has the format"
    )


def _since(start: float) -> float:
    return time.perf_counter() - start
