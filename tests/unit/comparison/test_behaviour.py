"""When two answers behave alike, and which keys zeros would satisfy."""

from __future__ import annotations

from judge.comparison import same_behaviour, zeros_would_pass
from judge.domain.observation import Observation
from judge.domain.problem import Tolerance
from judge.domain.verdict import Ending, Fact
from tests.unit.comparison.build import NAN, array, number, raised, returned, sequence, tensor

NOTHING: frozenset[Fact] = frozenset()
OPERATIONS = frozenset({Fact.OPERATIONS})


def alike(a: Observation, b: Observation, **options: int) -> bool:
    checks = OPERATIONS if "max_ops" in options or a.operations else NOTHING
    return same_behaviour(a, b, checks=checks, max_ops=options.get("max_ops"))


def test_an_answer_behaves_like_itself_and_not_like_another() -> None:
    one, other = returned(tensor([1.0])), returned(tensor([2.0]))
    assert alike(one, one)
    assert not alike(one, other)


def test_two_that_raise_have_to_raise_the_very_same_class() -> None:
    key, lookup = raised("KeyError", "LookupError"), raised("LookupError")
    assert alike(key, key)
    assert not alike(key, lookup)
    assert not alike(lookup, key)
    assert not alike(key, returned())


def test_two_that_run_out_of_time_are_not_known_to_be_alike() -> None:
    slow = Observation(Ending.TIMED_OUT)
    assert not alike(slow, slow)


def counted(number_of_operations: int) -> Observation:
    return returned(tensor([1.0]), operations=(("mul", number_of_operations),))


def test_of_operations_only_what_the_case_judges_counts() -> None:
    assert alike(counted(500), counted(900), max_ops=10)
    assert alike(counted(5), counted(10), max_ops=10)
    assert not alike(counted(5), counted(500), max_ops=10)
    assert alike(counted(5), counted(8))
    assert not alike(counted(5), counted(500))
    assert not alike(counted(500), counted(5))


def test_operations_that_one_side_lacks_are_not_alike() -> None:
    assert not alike(counted(5), returned(tensor([1.0])), max_ops=10)
    assert alike(returned(), returned(), max_ops=10)


def test_zeros_would_pass_where_the_values_are_as_small_as_the_tolerance() -> None:
    assert zeros_would_pass(tensor([1e-6, -1e-6]))
    assert not zeros_would_pass(tensor([1e-6, 1.0]))
    assert zeros_would_pass(tensor([0.5]), Tolerance(rtol=0.0, atol=1.0))
    assert zeros_would_pass(tensor([100.0]), Tolerance(rtol=1.0, atol=0.0))


def test_zeros_may_pass_where_the_key_is_zero() -> None:
    assert not zeros_would_pass(tensor([0.0, 0.0]))
    assert not zeros_would_pass(tensor([]))
    assert not zeros_would_pass(number(0.0))


def test_exact_kinds_are_never_satisfied_by_zeros() -> None:
    assert not zeros_would_pass(tensor([1], "int64"), Tolerance(0.0, 5.0))
    assert not zeros_would_pass(number(1), Tolerance(0.0, 5.0))
    assert not zeros_would_pass(tensor([NAN]))


def test_one_such_tensor_anywhere_in_a_result_is_enough() -> None:
    assert zeros_would_pass(sequence(tensor([1.0]), array([1e-9])))
    assert zeros_would_pass(sequence(number(1e-9)))
    assert zeros_would_pass(number(complex(0, 1e-9)))


def test_a_late_value_in_a_large_tensor_is_seen() -> None:
    values = [0.0] * 70_000 + [1.0]
    assert not zeros_would_pass(tensor(values))
