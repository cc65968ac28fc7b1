"""Put mutants of the reference before a problem's own cases, and name those that survive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from judge.authoring.mutants import MUTANTS, Mutant
from judge.authoring.probes import Probe, Sighting, View, differing, with_all_facts
from judge.authoring.results import Finding, Kind, Trial, warning
from judge.domain.observation import Observation
from judge.domain.problem import Case, Problem, Rules
from judge.domain.verdict import ALWAYS, Device, Fact, Verdict
from judge.pipeline.assess import assess
from judge.pipeline.keys import make_keys
from judge.pipeline.runs import student_job
from judge.sandbox.job import RunId
from judge.sandbox.service import Sandbox


class Fate(StrEnum):
    """What became of a mutant."""

    REJECTED = "rejected"
    SURVIVED = "survives"
    NOT_PROMISED = "not promised"
    """It differs, but only in facts that no case of the problem looks at."""
    EQUIVALENT = "equivalent"
    """No difference was seen: of this reference it is no mutant."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant. ``note`` is where it was caught, or what it was not held to."""

    mutant: Mutant
    fate: Fate
    note: str
    sighting: Sighting | None = None


class Strength:
    """One problem's cases against mutants of its reference. Safe for several threads."""

    def __init__(self, sandbox: Sandbox, problem: Problem, *, seeds: tuple[str, str]) -> None:
        """Run the reference for all facts.

        Raises:
            AuthorError: it fails where every fact is looked at.
            SandboxError: the sandbox failed.
        """
        self._sandbox = sandbox
        self._problem = replace(problem, rules=Rules())
        self._full = with_all_facts(problem)
        self._keys = make_keys(sandbox, self._full, seeds=seeds)
        self._probe = Probe(sandbox, self._full, seeds=seeds)

    def outcome(self, mutant: Mutant) -> Outcome:
        """Judge one mutant.

        It costs one run where it is rejected, a second one where it is not, a third where it should
        have been: a mutant that only some draws let live is one that the cases catch.

        Raises:
            SandboxError: the sandbox failed.
        """
        if mutant.fact is Fact.OPERATIONS and mutant.fact not in self._problem.checks:
            return Outcome(mutant, Fate.NOT_PROMISED, mutant.fact.value)
        source = mutant.answer(self._problem)
        got = self._observed(source, 0)
        caught = self._caught(got, 0)
        if caught:
            return Outcome(mutant, Fate.REJECTED, caught)
        promised = _promised(mutant, self._problem)
        found = [*self._differing(got)]
        if (mutant.fact is None or mutant.fact in promised) and self._is_open_to(mutant):
            # Else it changes nothing that counts, whatever the call.
            found += self._probe.sightings(source)
        broken = next((each for each in found if each.fact in promised), None)
        if broken is None:
            facts = sorted({each.fact.value for each in found})
            return Outcome(
                mutant, Fate.NOT_PROMISED if facts else Fate.EQUIVALENT, ", ".join(facts)
            )
        caught = self._caught(self._observed(source, 1), 1)
        if caught:
            return Outcome(mutant, Fate.REJECTED, f"{caught}, on some draws only")
        return Outcome(mutant, Fate.SURVIVED, f"in {broken.case.name.en!r}", broken)

    def _is_open_to(self, mutant: Mutant) -> bool:
        """Tell whether other draws of the cases could show what a mutant changes."""
        cases = self._problem.cases
        match mutant.fact:
            case Fact.DEVICE:
                return any(each.device is not Device.CPU for each in cases)
            case Fact.OUTCOME:
                return any(each.raises is not None for each in cases)
            case _:
                return True

    def _observed(self, source: str, draw: int) -> Mapping[RunId, Observation]:
        key = self._keys[draw]
        job = student_job(self._full, source, seed=key.seed, runs=key.runs)
        return self._sandbox.run(job, key.observations).observations

    def _caught(self, got: Mapping[RunId, Observation], draw: int) -> str:
        """Return how the problem's own checks reject an answer; nothing where they do not."""
        want = self._keys[draw].observations
        for run in dict.fromkeys(RunId(each.case, each.repetition) for each in want):
            found = assess(self._problem, run, got=got, want=want)
            if found.verdict is not Verdict.ACCEPTED:
                name = self._problem.cases[run.case].name.en
                return f"{found.verdict or 'not run'} in {name!r}"
        return ""

    def _differing(self, got: Mapping[RunId, Observation]) -> Iterator[Sighting]:
        return differing(self._full, View.AS_JUDGED, got=got, want=self._keys[0].observations)


def _promised(mutant: Mutant, problem: Problem) -> frozenset[Fact]:
    """Return the facts that a mutant must not get away with.

    Of those on request only what it was made to change: that a copy also is no leaf any more, say,
    is for another mutant to tell.
    """
    if mutant.fact is None:
        return ALWAYS | problem.checks
    own = {mutant.fact, Fact.GRAD_STATE} if mutant.fact is Fact.GRADIENT else {mutant.fact}
    return ALWAYS | (own & problem.checks)


def trial_of(outcome: Outcome, problem: Problem) -> Trial:
    """Return what to show for one mutant."""
    mutant, reason = outcome.mutant, (problem.exempt or {}).get(outcome.mutant.name)
    survived = outcome.fate is Fate.SURVIVED
    ok = not survived or reason is not None or mutant.severity == "warning"
    note = f"exempt: {reason}" if survived and reason is not None else outcome.note
    expected = Fate.REJECTED.value
    kind: Kind = "mutant" if mutant.name in MUTANTS else "slip"
    return Trial(kind, mutant.name, expected, outcome.fate.value, ok, note)


def finding_of(outcome: Outcome, problem: Problem) -> Finding | None:
    """Return what an author has to mend after one mutant, if anything."""
    mutant, exempt = outcome.mutant, problem.exempt or {}
    if outcome.sighting is None:
        if mutant.name not in exempt:
            return None
        return warning(
            f"exempt.{mutant.name}",
            f"this mutant need not be exempt: it is {outcome.fate}"
            + (f" ({outcome.note})" if outcome.note else ""),
            f"leave out `{mutant.name}` under `exempt`",
        )
    if mutant.name in exempt:
        return None
    seen = outcome.sighting
    message = (
        f"an answer that {mutant.does} is accepted, although {_where(seen)} its {seen.fact} differs"
    )
    remedy = (
        f"{_remedy(seen, problem)}; or say under `exempt: {{{mutant.name}: …}}` why it may live"
    )
    kind = "mutant" if mutant.name in MUTANTS else "slip"
    return Finding(mutant.severity, f"{kind} {mutant.name}", message, remedy)


def unknown_exempt(problem: Problem) -> list[Finding]:
    """Warn of names under ``exempt`` that are no mutant's."""
    return [
        warning(
            f"exempt.{name}",
            f"there is no mutant named {name[:60]!r}",
            "leave it out, or take a name that `judge check --mutants --json` lists",
        )
        for name in problem.exempt or {}
        if name not in MUTANTS
    ]


def _where(seen: Sighting) -> str:
    case = f"case {seen.case.name.en!r}"
    match seen.view:
        case View.AS_JUDGED:
            return f"in {case}"
        case View.REDRAWN:
            return f"in {case} with another draw"
        case View.VARIED:
            return f"in {case} with other values in its arguments"


def _remedy(seen: Sighting, problem: Problem) -> str:
    case = _case_of(seen, problem)
    name = case.name.en
    if seen.fact not in ALWAYS | case.checks:
        asked = ", ".join(sorted({*case.checks, seen.fact}))
        remedy = f"write `check: [{asked}]` in case {name!r}"
        if seen.fact is Fact.GRADIENT and "requires_grad" not in "".join(case.arguments):
            remedy += " and let its inputs require a gradient"
        return remedy
    match seen.view:
        case View.AS_JUDGED:
            return f"make the tolerance of case {name!r} smaller"
        case View.REDRAWN:
            return f"give case {name!r} `repeat: 3`"
        case View.VARIED:
            return f"add a hidden case like {name!r} whose arguments are random, with `repeat: 2`"


def _case_of(seen: Sighting, problem: Problem) -> Case:
    return next(each for each in problem.cases if each.name == seen.case.name)
