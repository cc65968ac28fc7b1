"""How calls end, which verdict that names, and what is compared after an exception."""

from __future__ import annotations

import pytest

from judge.comparison import compare, verdict_of
from judge.domain.observation import Observation
from judge.domain.verdict import Ending, Fact, Verdict
from tests.unit.comparison.build import (
    called_with,
    keys,
    number,
    only,
    raised,
    returned,
    tensor,
)

NOTHING: frozenset[Fact] = frozenset()


def test_two_calls_that_return_the_same_are_accepted() -> None:
    found = compare(returned(number(1)), want=returned(number(1)), checks=NOTHING)
    assert found == ()
    assert verdict_of(found) is Verdict.ACCEPTED


def test_an_exception_where_the_key_returns_is_a_runtime_error() -> None:
    found = compare(raised("ValueError", "Exception"), want=returned(number(1)), checks=NOTHING)
    assert keys(found) == ["outcome.raised"]
    assert found[0].message.parameters == {"exception": "ValueError"}
    assert verdict_of(found) is Verdict.RUNTIME_ERROR


def test_returning_where_the_key_raises_is_a_wrong_exception() -> None:
    found = compare(returned(number(1)), want=raised("ValueError"), checks=NOTHING)
    assert keys(found) == ["outcome.not_raised"]
    assert verdict_of(found) is Verdict.WRONG_EXCEPTION


def test_another_exception_is_a_wrong_exception() -> None:
    found = compare(raised("TypeError", "Exception"), want=raised("ValueError"), checks=NOTHING)
    assert only(found).message.parameters == {"expected": "ValueError", "got": "TypeError"}
    assert verdict_of(found) is Verdict.WRONG_EXCEPTION


def test_a_subclass_of_the_wanted_exception_will_do() -> None:
    got = raised("KeyError", "LookupError", "Exception")
    assert compare(got, want=raised("LookupError"), checks=NOTHING) == ()


def test_a_base_class_of_the_wanted_exception_will_not_do() -> None:
    got = raised("LookupError", "Exception")
    assert keys(compare(got, want=raised("KeyError", "LookupError"), checks=NOTHING))


def test_the_class_that_a_case_names_stands_before_the_keys_own() -> None:
    want = raised("OutOfMemoryError", "RuntimeError")
    got = raised("RuntimeError", "Exception")
    assert keys(compare(got, want=want, checks=NOTHING)) == ["outcome.other_exception"]
    assert compare(got, want=want, checks=NOTHING, raises="RuntimeError") == ()


def test_an_exception_of_no_class_is_nobodys_equal() -> None:
    assert keys(compare(raised(), want=raised("ValueError"), checks=NOTHING))
    assert keys(compare(Observation(Ending.RAISED), want=raised("E"), checks=NOTHING))


def test_a_wrong_outcome_hides_all_other_facts() -> None:
    got = raised("ValueError", arguments=(("x", tensor(2.0)),), state=(("grad_mode", "off"),))
    want = returned(number(1), arguments=(("x", tensor(1.0)),), state=(("grad_mode", "on"),))
    assert keys(compare(got, want=want, checks=frozenset(Fact))) == ["outcome.raised"]


def test_after_the_right_exception_input_and_state_are_still_compared() -> None:
    got = raised("E", arguments=(("x", tensor(2.0)),), state=(("grad_mode", "off"),))
    want = raised("E", arguments=(("x", tensor(1.0)),), state=(("grad_mode", "on"),))
    found = compare(got, want=want, checks=NOTHING)
    assert [difference.fact for difference in found] == [Fact.INPUT, Fact.STATE]
    assert verdict_of(found) is Verdict.CHANGED_INPUT


def test_after_the_right_exception_requested_output_is_still_compared() -> None:
    got, want = raised("E", output=b"a"), raised("E", output=b"b")
    assert compare(got, want=want, checks=NOTHING) == ()
    assert keys(compare(got, want=want, checks=frozenset({Fact.OUTPUT}))) == ["output.line"]


@pytest.mark.parametrize("ending", [Ending.TIMED_OUT, Ending.DIED, Ending.OUT_OF_MEMORY])
def test_other_endings_are_never_accepted_not_even_against_themselves(ending: Ending) -> None:
    ended = Observation(ending)
    for got, want in ((ended, called_with()), (called_with(), ended), (ended, ended)):
        found = compare(got, want=want, checks=NOTHING)
        assert keys(found) == ["outcome.ended"]
        assert verdict_of(found) is Verdict.RUNTIME_ERROR


def test_a_result_that_was_lost_is_not_accepted() -> None:
    lost = Observation(Ending.RETURNED)
    assert verdict_of(compare(lost, want=returned(), checks=NOTHING)) is Verdict.WRONG_TYPE
    assert verdict_of(compare(lost, want=lost, checks=NOTHING)) is Verdict.WRONG_TYPE
