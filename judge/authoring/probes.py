"""Look at an answer more closely than its problem does: every fact, other draws, other values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from judge.domain.observation import Observation
from judge.domain.problem import Case, Problem, Rules
from judge.domain.report import Difference
from judge.domain.verdict import ON_REQUEST, Ending, Fact
from judge.pipeline.assess import Assessment, assess
from judge.pipeline.runs import runs_of, student_job
from judge.sandbox.job import Job, RunId
from judge.sandbox.service import Sandbox

Seen = Mapping[RunId, Observation]


class View(StrEnum):
    """How a case was called."""

    AS_JUDGED = "as judged"
    REDRAWN = "with another draw"
    VARIED = "with other values"


_DRAWS = {View.REDRAWN: 1, View.VARIED: 2}

# In place, so that views and aliases among the arguments stay what they are. Values keep their sign
# and never grow, integers their range: most contracts survive that, and where one does not and the
# reference fails, the run is left out.
VARY = """
def _tj_vary(value):
    import numpy
    import torch
    if isinstance(value, (list, tuple)):
        for each in value:
            _tj_vary(each)
    elif isinstance(value, dict):
        for each in value.values():
            _tj_vary(each)
    elif isinstance(value, torch.nn.Module):
        for each in value.parameters():
            _tj_vary(each)
    elif isinstance(value, (torch.Tensor, numpy.ndarray)):
        try:
            _tj_vary_one(torch, value)
        except Exception:
            pass
    return value


def _tj_vary_one(torch, value):
    tensor = torch.from_numpy(value) if not isinstance(value, torch.Tensor) else value.data
    if tensor.is_floating_point() or tensor.is_complex():
        tensor.mul_(0.5 + 0.5 * torch.rand(tensor.shape, device=tensor.device))
    else:
        order = torch.randperm(tensor.numel(), device=tensor.device)
        tensor.copy_(tensor.reshape(-1)[order].reshape(tensor.shape))
"""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where an answer was seen to differ, by a difference that its problem does not look at."""

    view: View
    case: Case
    fact: Fact
    difference: Difference | None


def with_all_facts(problem: Problem) -> Problem:
    """Return a problem that looks at every fact, with torch's own tolerances and no rules.

    Operations only where some case counts them: a limit on them is no fact about the answer.
    """
    checks = (ON_REQUEST - {Fact.OPERATIONS}) | problem.checks
    cases = tuple(
        replace(each, checks=checks, tolerance=None, max_ops=None) for each in problem.cases
    )
    return replace(problem, cases=cases, tolerance=None, rules=Rules())


class Probe:
    """The reference under a wider set of calls than the problem's own, to hold answers against."""

    def __init__(self, sandbox: Sandbox, problem: Problem, *, seeds: tuple[str, str]) -> None:
        """Run the reference.

        Args:
            sandbox: where.
            problem: one that looks at every fact.
            seeds: that of the judging, whose inputs are varied, and another.

        Raises:
            SandboxError: the sandbox failed.
        """
        self._sandbox = sandbox
        self._problem = problem
        self._job = _job(problem, seeds)
        result = sandbox.run(replace(self._job, source=problem.solution, author=True))
        wanted = {
            run: seen for run, seen in result.observations.items() if _usable(problem, run, seen)
        }
        self._want = _by_view(wanted)
        self._known = wanted
        self._job = replace(
            self._job, runs=tuple(run for run in self._job.runs if run.id in wanted)
        )

    def sightings(self, source: str) -> Iterator[Sighting]:
        """Yield every fact of every call in which an answer differs from the reference."""
        if not self._job.runs:
            return
        job = replace(self._job, source=source)
        got = _by_view(self._sandbox.run(job, self._known).observations)
        for view, want in self._want.items():
            yield from differing(self._problem, view, got=got[view], want=want)


def differing(problem: Problem, view: View, *, got: Seen, want: Seen) -> Iterator[Sighting]:
    """Yield every fact in which two sets of observations of a problem's cases differ."""
    for run in dict.fromkeys(RunId(each.case, each.repetition) for each in want):
        case = problem.cases[run.case]
        found = assess(problem, run, got=got, want=want)
        if _says_nothing(found):
            yield Sighting(view, case, Fact.OUTCOME, None)
        for difference in found.differences:
            yield Sighting(view, case, difference.fact, difference)


def _says_nothing(found: Assessment) -> bool:
    """A run that passed a limit or was never begun differs, but not in a fact."""
    return found.verdict is None or found.message is not None


def _job(problem: Problem, seeds: tuple[str, str]) -> Job:
    judged, other = seeds
    varied = replace(problem, cases=tuple(map(_varied, problem.cases)))
    redrawn = student_job(problem, "", seed=other).runs
    runs = (
        *(run.of_draw(_DRAWS[View.REDRAWN]) for run in redrawn),
        *runs_of(varied, seed=judged, draw=_DRAWS[View.VARIED]),
    )
    given = f"{problem.given}\n{VARY}"
    return Job("", problem.signature.name, given, (), problem.limits, runs)


def _varied(case: Case) -> Case:
    # On lines of their own: an expression may end in a comment.
    return replace(
        case,
        arguments=tuple(f"_tj_vary(\n{each}\n)" for each in case.arguments),
        keywords=tuple((name, f"_tj_vary(\n{each}\n)") for name, each in case.keywords),
    )


def _usable(problem: Problem, run: RunId, seen: Observation) -> bool:
    """A varied input may break the problem's contract; then what the reference does is no key."""
    wanted = Ending.RAISED if problem.cases[run.case].raises is not None else Ending.RETURNED
    return seen.ending is wanted


def _by_view(observations: Seen) -> dict[View, dict[RunId, Observation]]:
    return {
        view: {run._replace(draw=0): seen for run, seen in observations.items() if run.draw == draw}
        for view, draw in _DRAWS.items()
    }
