"""The table of hostile programs is complete: no attack of the two lists is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.hostile.census import LENGTHS, README, elsewhere, programs, table
from tests.sandbox.small import PROBLEMS

pytestmark = pytest.mark.sandbox

ENTRIES = {(which, number) for which, last in LENGTHS.items() for number in range(1, last + 1)}
REASONS = ("later: ", "elsewhere: ", "not applicable: ")


def test_every_entry_is_tried_or_left_out_for_a_reason() -> None:
    tried = {entry for program in programs() for entry in program.entries}
    assert sorted(ENTRIES - tried - elsewhere().keys()) == []
    assert tried <= ENTRIES


def test_nothing_is_both_tried_and_left_out() -> None:
    tried = {entry for program in programs() for entry in program.entries}
    assert sorted(tried & elsewhere().keys()) == []


def test_every_reason_says_where_or_when_or_why_not() -> None:
    for entry, reason in elsewhere().items():
        assert reason.startswith(REASONS), entry


def test_a_test_that_is_named_exists() -> None:
    tests = {path.name for path in Path(__file__).parents[2].rglob("test_*.py")}
    for reason in elsewhere().values():
        for word in reason.replace(",", " ").replace(";", " ").split():
            if word.endswith(".py"):
                assert Path(word).name in tests, word


def test_every_program_says_what_it_does_and_attacks_a_small_problem() -> None:
    for program in programs():
        assert program.says, program.name
        assert program.expects, program.name
        assert set(program.problems) <= PROBLEMS.keys(), program.name


def test_the_readme_has_the_table_of_all_programs() -> None:
    assert table() in README.read_text(encoding="utf-8")
