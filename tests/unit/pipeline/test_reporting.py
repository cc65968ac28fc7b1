"""What a visible case shows of an answer's own words, and when it shows none."""

from __future__ import annotations

import json

import pytest

from judge.domain.observation import Usage
from judge.domain.report import (
    CaseReport,
    Message,
    as_json,
)
from judge.domain.verdict import Ending, Verdict
from judge.pipeline.assess import Assessment
from judge.pipeline.keys import Key
from judge.pipeline.reporting import case_report
from judge.sandbox.job import RunId
from tests.unit.pipeline.build import NONE, case, ended, problem, raised, returned

SECRET = "918273"
"""What the hidden case was given; it may stand nowhere in its report."""


def written(found: CaseReport) -> str:
    return json.dumps(as_json(found), ensure_ascii=False)


def judged(assessment: Assessment, *, shown: bool, alone: Assessment | None = None) -> CaseReport:
    """Report a case of which the reference returned None."""
    run = RunId(0, 0)
    key = Key("s", {run: returned(inputs=(("x", NONE),))})
    return case_report(problem(case("1", shown=shown)), run, assessment, key=key, alone=alone)


LOUD = returned(output=SECRET.encode(), errors=SECRET.encode())
WRONG = Assessment(Verdict.WRONG_VALUE, seen=LOUD)


def test_what_a_hidden_case_printed_is_not_shown() -> None:
    assert SECRET not in written(judged(WRONG, shown=False))
    assert judged(WRONG, shown=False).sample is None


def test_what_a_visible_case_printed_beside_hidden_ones_is_not_shown() -> None:
    shown = judged(WRONG, shown=True)
    assert SECRET not in written(shown)
    assert shown.sample is not None


def test_what_a_visible_case_printed_alone_is_shown() -> None:
    shown = judged(WRONG, shown=True, alone=WRONG)
    assert (shown.output, shown.errors) == (SECRET, SECRET)


def test_a_visible_case_that_ends_otherwise_when_alone_is_treated_as_hidden() -> None:
    alone = Assessment(Verdict.RUNTIME_ERROR, seen=LOUD)
    shown = judged(WRONG, shown=True, alone=alone)
    assert shown.verdict is Verdict.WRONG_VALUE
    assert SECRET not in written(shown)


def test_control_characters_are_replaced_wherever_an_answer_s_words_are_shown() -> None:
    nasty = "a\x00\x1b[2J\u202e\u2028\ufffeb\n\tc"
    seen = raised(nasty, message=nasty, output=nasty.encode(), errors=nasty.encode())
    found = Assessment(Verdict.RUNTIME_ERROR, seen=seen)
    shown = written(judged(found, shown=True, alone=found))
    assert not set("\x00\x1b\u202e\u2028\ufffe") & set(shown)
    assert all(escape not in shown for escape in ("\\u0000", "\\u001b"))


@pytest.mark.parametrize("shown", [True, False])
def test_a_case_that_was_left_out_says_so(shown: bool) -> None:  # noqa: FBT001
    found = judged(Assessment(None, message=Message("skipped.timeouts")), shown=shown)
    assert found.verdict is None
    assert found.message == Message("skipped.timeouts")


def test_a_death_in_a_hidden_case_is_told_without_its_number() -> None:
    message = Message("died.exit", {"code": "77"})
    found = Assessment(Verdict.RUNTIME_ERROR, message=message, seen=ended(Ending.DIED, "exit 77"))
    assert "77" not in written(judged(found, shown=False))


def test_a_visible_case_that_ran_beside_hidden_ones_shows_no_finer_times() -> None:
    seen = returned(usage=Usage(0.918273, 1.918273, 918_273_645))
    shown = judged(Assessment(Verdict.ACCEPTED, seen=seen), shown=True)
    assert shown.usage == Usage(0.92, 1.92, 0)
