"""What an author is told of a mutant, by what became of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge.authoring.mutants import MUTANTS
from judge.authoring.probes import Sighting, View, with_all_facts
from judge.authoring.strength import Fate, Outcome, finding_of, trial_of, unknown_exempt
from judge.domain.problem import Case, Problem, Rules, Tolerance
from judge.domain.verdict import Fact

MakeProblem = Callable[..., Problem]
MakeCase = Callable[..., Case]


def survived(name: str, case: Case, *, view: View, fact: Fact) -> Outcome:
    return Outcome(MUTANTS[name], Fate.SURVIVED, "", Sighting(view, case, fact, None))


def test_a_mutant_that_is_rejected_is_no_finding(problem: MakeProblem) -> None:
    outcome = Outcome(MUTANTS["zeros"], Fate.REJECTED, "wrong_value in 'c'")
    assert finding_of(outcome, problem()) is None
    trial = trial_of(outcome, problem())
    assert (trial.name, trial.expected, trial.got, trial.ok) == (
        "zeros",
        "rejected",
        "rejected",
        True,
    )


def test_a_survivor_is_an_error_that_names_the_case_and_the_exemption(
    problem: MakeProblem, case: MakeCase
) -> None:
    whole = problem(case("c"))
    outcome = survived("zeros", whole.cases[0], view=View.VARIED, fact=Fact.VALUE)
    finding = finding_of(outcome, whole)
    assert finding is not None
    assert finding.severity == "error"
    assert finding.where == "mutant zeros"
    assert "case 'c'" in finding.message
    assert "exempt: {zeros: …}" in finding.remedy
    assert not trial_of(outcome, whole).ok


def test_a_survivor_that_is_a_matter_of_taste_is_a_warning(
    problem: MakeProblem, case: MakeCase
) -> None:
    whole = problem(case("c"))
    outcome = survived("replayed-by-shape", whole.cases[0], view=View.VARIED, fact=Fact.VALUE)
    finding = finding_of(outcome, whole)
    assert finding is not None
    assert finding.severity == "warning"
    assert trial_of(outcome, whole).ok


@pytest.mark.parametrize(
    ("view", "fact", "remedy"),
    [
        (View.AS_JUDGED, Fact.GRADIENT, "write `check: [grad, layout]` in case 'c'"),
        (View.AS_JUDGED, Fact.VALUE, "make the tolerance of case 'c' smaller"),
        (View.REDRAWN, Fact.VALUE, "give case 'c' `repeat: 3`"),
        (View.VARIED, Fact.LAYOUT, "add a hidden case like 'c'"),
    ],
)
def test_the_remedy_fits_how_the_survivor_was_seen(
    problem: MakeProblem, case: MakeCase, view: View, fact: Fact, remedy: str
) -> None:
    whole = problem(case("c", checks=frozenset({Fact.LAYOUT})))
    # What was seen was seen in a problem that looks at everything.
    seen = with_all_facts(whole).cases[0]
    finding = finding_of(survived("detached", seen, view=view, fact=fact), whole)
    assert finding is not None
    assert finding.remedy.startswith(remedy)


def test_an_exempt_survivor_is_no_finding_and_shows_its_reason(
    problem: MakeProblem, case: MakeCase
) -> None:
    whole = problem(case("c"), exempt={"zeros": "by design"})
    outcome = survived("zeros", whole.cases[0], view=View.VARIED, fact=Fact.VALUE)
    assert finding_of(outcome, whole) is None
    trial = trial_of(outcome, whole)
    assert trial.ok
    assert trial.note == "exempt: by design"


def test_an_exemption_that_nothing_needs_is_a_warning(problem: MakeProblem) -> None:
    whole = problem(exempt={"zeros": "by design"})
    finding = finding_of(Outcome(MUTANTS["zeros"], Fate.EQUIVALENT, ""), whole)
    assert finding is not None
    assert finding.severity == "warning"
    assert finding.where == "exempt.zeros"


def test_an_exemption_of_no_mutant_is_a_warning(problem: MakeProblem) -> None:
    [finding] = unknown_exempt(problem(exempt={"zeros": "by design", "zeroes": "by design"}))
    assert (finding.severity, finding.where) == ("warning", "exempt.zeroes")


def test_looking_at_everything_leaves_out_rules_and_tolerances(
    problem: MakeProblem, case: MakeCase
) -> None:
    loose = case("c", tolerance=Tolerance(1.0, 1.0), raises="ValueError", max_ops=3)
    whole = problem(loose, tolerance=Tolerance(1.0, 1.0), rules=Rules(forbid=("for",)))
    full = with_all_facts(whole)
    assert full.rules == Rules()
    assert full.tolerance is None
    [wide] = full.cases
    assert wide.tolerance is None
    assert wide.raises == "ValueError"
    assert {Fact.GRADIENT, Fact.MEMORY, Fact.FILES} <= wide.checks
    assert Fact.OPERATIONS not in wide.checks
