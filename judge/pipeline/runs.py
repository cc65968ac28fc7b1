"""Spell out a problem's cases into single runs for one seed."""

from __future__ import annotations

from collections.abc import Mapping

from judge.domain.problem import Case, Problem
from judge.domain.verdict import Device
from judge.sandbox.job import Job, RunId, RunSpec, Simulation, call_of, specify


def run_ids(problem: Problem) -> tuple[RunId, ...]:
    """Return every run of every case, in order; a ``cuda`` case runs fake, and on a CPU twin."""
    found = []
    for index, case in enumerate(problem.cases):
        for repetition in range(case.repeat):
            found += [RunId(index, repetition, each) for each in _simulations(case)]
    return tuple(found)


def _simulations(case: Case) -> tuple[Simulation, ...]:
    if case.device is Device.CPU:
        return (Simulation.NONE,)
    return (Simulation.FAKE, Simulation.TWIN)


def traced(rule: str) -> bool:
    """Tell whether a rule is about a function that is looked for among the calls really made."""
    return rule.startswith(("torch.", "Tensor."))


def runs_of(problem: Problem, *, seed: str, draw: int = 0) -> tuple[RunSpec, ...]:
    """Return the runs with their inputs fixed by a seed; ``draw`` marks one seed of several."""
    return runs_of_all(problem, {draw: seed})


def runs_of_all(problem: Problem, seeds: Mapping[int, str]) -> tuple[RunSpec, ...]:
    """Return the runs for several seeds, given by their draws, one draw after the other."""
    rules = (*problem.rules.forbid, *problem.rules.require)
    trace_calls = any(traced(rule) for rule in rules)
    runs = run_ids(problem)
    calls = {
        (run.case, run.simulation): call_of(
            problem.cases[run.case],
            run.simulation,
            signature=problem.signature,
            trace_calls=trace_calls,
        )
        for run in runs
        if run.repetition == 0
    }
    return tuple(
        specify(
            problem.cases[run.case],
            run._replace(draw=draw),
            seed=seed,
            call=calls[run.case, run.simulation],
        )
        for draw, seed in seeds.items()
        for run in runs
    )


def student_job(problem: Problem, source: str, *, seed: str, runs: tuple[RunSpec, ...] = ()) -> Job:
    """Return the job that judges an answer: the rules hold, cotangents are kept back.

    Args:
        problem: what it answers.
        source: the answer.
        seed: the submission's secret seed.
        runs: what that seed gives, where it has been worked out before.
    """
    rules = problem.rules
    runs = runs or runs_of(problem, seed=seed)
    name = problem.signature.name
    return Job(
        source, name, problem.given, rules.forbid, problem.limits, runs, require=rules.require
    )


def author_job(problem: Problem, source: str, *, seeds: tuple[str, ...]) -> Job:
    """Return the job that runs an author's code for several seeds at once, one after the other."""
    runs = runs_of_all(problem, dict(enumerate(seeds)))
    name = problem.signature.name
    return Job(source, name, problem.given, (), problem.limits, runs, author=True)
