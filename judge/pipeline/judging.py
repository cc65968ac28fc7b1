"""Judge one answer: key, sandbox, comparison, report."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from judge.comparison import same_behaviour
from judge.domain.observation import Observation
from judge.domain.problem import Mistake, Problem, Text
from judge.domain.report import CaseReport, Message, Report
from judge.domain.verdict import Verdict
from judge.errors import AuthorError
from judge.pipeline.assess import Assessment, assess, assess_all, missing_requirement
from judge.pipeline.keys import Key, KeyPool, make_key, observe
from judge.pipeline.reporting import case_report, refused, stop_report
from judge.pipeline.runs import student_job
from judge.sandbox.job import Job, RunId, Simulation
from judge.sandbox.protocol import MAX_SOURCE_BYTES
from judge.sandbox.service import Sandbox
from judge.sandbox.session import SessionResult

_BY_VERDICT_ALONE = frozenset(
    {Verdict.FORBIDDEN, Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT}
)
"""Known mistakes that are not run again to be recognised: their verdict says it all."""


class Judge:
    """Judges answers in one sandbox. Safe for many threads."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.keys = KeyPool(sandbox)

    def judge(
        self,
        problem: Problem,
        answer: str | bytes,
        *,
        seed: str | None = None,
        key: Key | None = None,
        child_stages: dict[str, float] | None = None,
    ) -> Report:
        """Judge an answer.

        Args:
            problem: what it is an answer to.
            answer: the student's file; anything at all.
            seed: a submission's secret seed, to repeat it exactly; a fresh one if None.
            key: what the reference gives for a seed, where it is at hand (``keys.take``).
            child_stages: filled with the child's own times in seconds. They come from where the
                answer ran, so they are for figures, and never part of a report.

        Raises:
            AuthorError: the problem is broken. Nothing is said about the answer.
            SandboxError: the sandbox failed. Nothing is said about the answer.
        """
        start = time.perf_counter()
        if not problem.cases:
            raise AuthorError(f"{problem.slug}: it has no cases, so nothing can be judged")
        source = _decoded(answer)
        if isinstance(source, Message):
            return refused(problem, source)
        report, result = self._judged(problem, source, seed=seed, key=key)
        if child_stages is not None:
            child_stages |= result.stages_s
        return replace(report, wall_s=time.perf_counter() - start)

    def _judged(
        self, problem: Problem, source: str, *, seed: str | None, key: Key | None
    ) -> tuple[Report, SessionResult]:
        stages: dict[str, float] = defaultdict(float)
        with _timed(stages, "key"):
            if key is None and seed is not None:
                key = make_key(self.sandbox, problem, seed=seed)
            key = key or self.keys.take(problem)
        job = student_job(problem, source, seed=key.seed, runs=key.runs)
        with _timed(stages, "sandbox"):
            result = self.sandbox.run(job, key.observations)
        if result.fault is not None:
            raise AuthorError(
                f"{problem.slug}: inputs can be made for the solution, but not for an answer"
            )
        if result.stop is not None:
            report = stop_report(problem, result)
            known = self._explanations(problem, report.verdict, result, key)
            return replace(report, explanations=known, stages_s=dict(stages)), result
        with _timed(stages, "comparison"):
            assessed = assess_all(problem, result.observations, key)
        alone = self._samples_alone(problem, job, assessed, stages)
        cases = tuple(
            case_report(problem, run, assessment, key=key, alone=_alone(problem, run, alone, key))
            for run, assessment in assessed.items()
        )
        report = _summed(problem, cases, missing_requirement(problem, result, key))
        with _timed(stages, "mistakes"):
            explanations = self._explanations(problem, report.verdict, result, key)
        return replace(report, explanations=explanations, stages_s=dict(stages)), result

    def _samples_alone(
        self,
        problem: Problem,
        job: Job,
        assessed: Mapping[RunId, Assessment],
        stages: dict[str, float],
    ) -> Mapping[RunId, Observation]:
        """Run visible cases again where something of theirs is to be shown.

        The child has no hidden inputs: what it prints, raises or returns can carry none out.
        """
        telling = {
            run.case
            for run, each in assessed.items()
            if problem.cases[run.case].shown and _has_words(each)
        }
        if not telling:
            return {}
        runs = tuple(run for run in job.runs if run.id.case in telling)
        with _timed(stages, "samples"):
            return self.sandbox.run(replace(job, runs=runs)).observations

    def _explanations(
        self, problem: Problem, verdict: Verdict, result: SessionResult, key: Key
    ) -> tuple[Text, ...]:
        """Recognise known mistakes: an answer that behaves exactly like one is told what it is."""
        alike = [mistake for mistake in problem.mistakes if mistake.verdict is verdict]
        if verdict in _BY_VERDICT_ALONE:
            return (alike[0].explain,) if len(alike) == 1 else ()
        if not result.observations:
            return ()
        found = []
        for mistake in alike:
            other = self.behaviour(problem, mistake, key)
            if other is not None and _behaves_like(problem, result.observations, other):
                found.append(mistake.explain)
        return tuple(found)

    def behaviour(
        self, problem: Problem, mistake: Mistake, key: Key
    ) -> Mapping[RunId, Observation] | None:
        """Return what a known mistake does under a key; None if it can't be called."""
        return observe(self.sandbox, problem, mistake.code, seed=key.seed)


@contextmanager
def _timed(stages: dict[str, float], name: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        stages[name] += time.perf_counter() - start


def _decoded(answer: str | bytes) -> str | Message:
    """Return the answer's text, or why it has none."""
    data = answer.encode("utf-8", "surrogatepass") if isinstance(answer, str) else answer
    if len(data) > MAX_SOURCE_BYTES:
        return Message("syntax.too_large", {"limit_kb": MAX_SOURCE_BYTES >> 10})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Message("syntax.encoding")


def _has_words(assessment: Assessment) -> bool:
    seen = assessment.seen
    printed = seen is not None and bool(seen.output or seen.errors)
    return printed or assessment.verdict not in (None, Verdict.ACCEPTED)


def _alone(
    problem: Problem, run: RunId, alone: Mapping[RunId, Observation], key: Key
) -> Assessment | None:
    if not any(other.case == run.case for other in alone):
        return None
    return assess(problem, run, got=alone, want=key.observations)


def _summed(problem: Problem, cases: tuple[CaseReport, ...], missing: str | None) -> Report:
    """Add up cases: a case's points are for all of its repetitions together."""
    failed = {case.index for case in cases if case.verdict is not Verdict.ACCEPTED}
    verdicts = (case.verdict for case in cases if case.verdict is not None)
    verdict = next((each for each in verdicts if each is not Verdict.ACCEPTED), Verdict.ACCEPTED)
    score = sum(case.points for index, case in enumerate(problem.cases) if index not in failed)
    message = None
    if verdict is Verdict.ACCEPTED and missing is not None:
        verdict, score = Verdict.FORBIDDEN, 0
        message = Message("required.name", {"name": missing})
    points = sum(case.points for case in problem.cases)
    return Report(problem.slug, problem.version, verdict, score, points, cases, message=message)


def _behaves_like(
    problem: Problem, got: Mapping[RunId, Observation], other: Mapping[RunId, Observation]
) -> bool:
    """Tell whether two answers are the same by every fact that the problem looks at."""
    for run, seen in got.items():
        case = problem.cases[run.case]
        if run.simulation is Simulation.FAKE:
            continue
        same = run in other and same_behaviour(
            seen,
            other[run],
            checks=case.checks,
            tolerance=case.tolerance or problem.tolerance,
            max_ops=case.max_ops,
        )
        if not same:
            return False
    return True
