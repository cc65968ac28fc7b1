"""Judge a problem's own answers as a student's: the right ones, and the known mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from judge.authoring.results import Finding, Trial, error, warning
from judge.domain.observation import Observation
from judge.domain.problem import Language, Mistake, Problem
from judge.domain.report import CaseReport, Message, Report
from judge.domain.verdict import Verdict
from judge.pipeline import Judge, Key, KeyPool
from judge.pipeline.draws import verdicts
from judge.sandbox.job import RunId
from judge.sandbox.service import Sandbox
from judge.wording import render

Tried = tuple[Trial, list[Finding]]

_LIMITS = frozenset({Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT})

_REMEDY_RIGHT = "mend the answer, or the case that refuses it"
_REMEDY_WRONG = (
    "give the mistake the verdict that it earns, or change the case so that it earns its own"
)


class OneKey(KeyPool):
    """A pool that gives one key again and again: the reference need not run for every answer."""

    def __init__(self, sandbox: Sandbox, key: Key) -> None:
        super().__init__(sandbox)
        self._key = key

    def take(self, problem: Problem) -> Key:  # noqa: ARG002  the one that the key is for
        """Return the key."""
        return self._key


class _OneKeyJudge(Judge):
    """Judges under one key, and has each known mistake run under it once."""

    def __init__(self, sandbox: Sandbox, key: Key) -> None:
        super().__init__(sandbox)
        self.keys = OneKey(sandbox, key)
        self._seen: dict[str, Mapping[RunId, Observation] | None] = {}

    def behaviour(
        self, problem: Problem, mistake: Mistake, key: Key
    ) -> Mapping[RunId, Observation] | None:
        """Return what the mistake does under the key."""
        # Two threads that ask at once have it run twice, and see the same.
        if mistake.code not in self._seen:
            self._seen[mistake.code] = super().behaviour(problem, mistake, key)
        return self._seen[mistake.code]


class Answers:
    """A problem's own answers under the keys of several seeds. Safe for several threads."""

    def __init__(self, sandbox: Sandbox, problem: Problem, *, keys: Sequence[Key]) -> None:
        self._sandbox = sandbox
        self._problem = problem
        self._keys = keys
        self._judges = [_OneKeyJudge(sandbox, key) for key in keys]
        # To learn a verdict nothing has to be explained or shown, which costs further runs.
        cases = tuple(replace(each, shown=False) for each in problem.cases)
        self._quiet = replace(problem, mistakes=(), cases=cases)

    def solution(self) -> Tried:
        """Judge the reference as a student's file, rules and all."""
        trial, found = self._accepted("solution", "solution", self._problem.solution)
        return replace(trial, kind="solution"), found

    def also(self, index: int) -> Tried:
        """Judge one of the other right answers."""
        trial, found = self._accepted(
            f"also {index + 1}", f"also[{index}]", self._problem.also[index]
        )
        return replace(trial, kind="also"), found

    def _accepted(self, name: str, where: str, source: str) -> Tried:
        note, verdict = self._unlike(source, Verdict.ACCEPTED)
        ok = verdict is Verdict.ACCEPTED
        trial = Trial("solution", name, Verdict.ACCEPTED, verdict, ok, note)
        if ok:
            return trial, []
        message = f"a right answer is not accepted: {verdict}{_after(note)}"
        return trial, [error(where, message, _REMEDY_RIGHT)]

    def mistake(self, index: int) -> Tried:
        """Judge one known mistake: its verdict on every seed, and whether it is recognised."""
        mistake = self._problem.mistakes[index]
        where, name = f"mistakes[{index}]", f"mistake {index + 1}"
        note, verdict = self._unlike(mistake.code, mistake.verdict)
        ok = verdict is mistake.verdict
        trial = Trial("mistake", name, mistake.verdict, verdict, ok, note)
        if not ok:
            message = (
                f"the mistake should earn {mistake.verdict}, but earns {verdict}{_after(note)}"
            )
            return trial, [error(where, message, _REMEDY_WRONG)]
        report = self._judges[0].judge(self._problem, mistake.code)
        return trial, list(_recognition(self._problem, mistake, report, where))

    def _unlike(self, source: str, verdict: Verdict) -> tuple[str, Verdict]:
        """Judge on every seed; return where the first other verdict came about, and it."""
        for number, told in enumerate(self._told(source, verdict)):
            if told is verdict:
                continue
            # Alone, as a student's: draws that share a child may have disturbed each other.
            report = self._judges[number].judge(self._quiet, source)
            if report.verdict is not verdict:
                rest = f" (draw {number + 1} only)" if number else ""
                return f"{_why(report)}{rest}", report.verdict
        return "", verdict

    def _told(self, source: str, verdict: Verdict) -> Iterator[Verdict | None]:
        """Yield what is known cheaply of each draw; None where it has to be judged alone."""
        yield None
        if verdict in _LIMITS:
            # Limits are for a child, and after a few time-outs it is left alone.
            yield from [None] * (len(self._keys) - 1)
        else:
            yield from verdicts(self._sandbox, self._quiet, source, self._keys[1:])


def _recognition(
    problem: Problem, mistake: Mistake, report: Report, where: str
) -> Iterator[Finding]:
    """Say whether a student who makes the mistake is told what it is, and nothing else."""
    if not report.cases:
        # Stopped before its first call: there is no behaviour to know it by.
        return
    shown = [
        problem.mistakes.index(each)
        for each in problem.mistakes
        if each.explain in report.explanations
    ]
    own = problem.mistakes.index(mistake)
    # Each pair is told once, with the first of the two.
    numbers = ", ".join(str(index + 1) for index in shown if index > own)
    if mistake.explain not in report.explanations:
        message = f"the explanation is not shown to an answer that earns {mistake.verdict}"
        remedy = (
            "one mistake of this verdict is enough, or let them behave differently in some case"
        )
        if [each.verdict for each in problem.mistakes].count(mistake.verdict) > 1:
            yield warning(where, message + ": another mistake has the same verdict", remedy)
        else:
            yield error(where, message, "let its behaviour not depend on chance, time or memory")
    elif numbers:
        message = f"no case tells this mistake from mistake {numbers}: both explanations are shown"
        yield warning(where, message, "add a case in which they differ, or leave one out")


def _why(report: Report) -> str:
    """Say in a line what a report found first."""
    case = next((each for each in report.cases if each.verdict is not Verdict.ACCEPTED), None)
    if case is None:
        spots = "; ".join(f"line {spot.line}: {_worded(spot.message)}" for spot in report.spots[:2])
        return spots or (_worded(report.message) if report.message is not None else "")
    return f"case {case.name.en!r}: {_of_case(case)}"


def _of_case(case: CaseReport) -> str:
    if case.message is not None:
        return _worded(case.message)
    if case.differences:
        return _worded(case.differences[0].message)
    return "not run"


def _worded(message: Message) -> str:
    return render(message, Language.EN)


def _after(note: str) -> str:
    return f"; {note}" if note else ""
