"""Gradients by path, and whether a tensor requires one and is a leaf."""

from __future__ import annotations

import pytest

from judge.comparison import compare, verdict_of
from judge.domain.observation import Gradient, Node, Observation, Raised
from judge.domain.report import Difference
from judge.domain.verdict import Fact, Verdict
from tests.unit.comparison.build import (
    NAN,
    NONE,
    differences,
    keys,
    only,
    returned,
    sequence,
    tensor,
)

RESULT = tensor([1.0])
TWO = tensor([1.0, 2.0])


def pulled(result: Node = RESULT, **gradients: Node | None) -> Observation:
    return returned(
        result, gradients=tuple(Gradient(path, value) for path, value in gradients.items())
    )


def failed(name: str) -> Observation:
    return returned(RESULT, gradient_error=Raised((name,), "message"))


def check(got: Observation, want: Observation) -> tuple[Difference, ...]:
    return compare(got, want=want, checks=frozenset({Fact.GRADIENT}))


def test_equal_gradients_are_accepted_in_any_order() -> None:
    assert not check(pulled(x=TWO, y=RESULT), pulled(y=RESULT, x=TWO))


def test_gradients_are_compared_only_on_request() -> None:
    assert not compare(pulled(x=RESULT), want=pulled(x=TWO), checks=frozenset())


@pytest.mark.parametrize(
    ("got", "key"),
    [
        (None, "grad.none"),
        (tensor([0.0, 0.0]), "grad.zeros"),
        (tensor([-1.0, -2.0]), "grad.negated"),
        (tensor([3.0, 6.0]), "grad.scaled"),
        (tensor([NAN, 2.0]), "grad.nan"),
        (tensor([1.0, 2.5]), "grad.value"),
        (tensor([1.0]), "grad.differs"),
        (tensor([1.0, 2.0], "float64"), "grad.differs"),
        (NONE, "grad.differs"),
        (tensor([1.0, 2.0], omitted=True, data=None), "grad.differs"),
    ],
)
def test_a_wrong_gradient_is_a_wrong_gradient(got: Node | None, key: str) -> None:
    found = check(pulled(x=TWO, y=got), pulled(x=TWO, y=TWO))
    assert (only(found).message.key, only(found).path) == (key, "y")
    assert verdict_of(found) is Verdict.WRONG_GRADIENT


def test_a_gradient_where_none_should_arrive_is_wrong() -> None:
    assert keys(check(pulled(x=TWO), pulled(x=None))) == ["grad.unexpected"]
    assert not check(pulled(x=None), pulled(x=None))


def test_gradients_of_one_path_are_compared_in_turn() -> None:
    want = returned(RESULT, gradients=(Gradient("x", TWO), Gradient("x", None)))
    swapped = returned(RESULT, gradients=(Gradient("x", None), Gradient("x", TWO)))
    assert not check(want, want)
    assert keys(check(swapped, want)) == ["grad.none"]


def test_no_gradients_at_all_are_wrong() -> None:
    assert keys(check(returned(RESULT), pulled(x=TWO))) == ["grad.missing"]
    assert keys(check(pulled(), pulled(x=TWO))) == ["grad.none"]
    assert not check(pulled(x=TWO), returned(RESULT))


def test_a_backward_pass_that_fails_is_named_unless_the_keys_fails_too() -> None:
    found = only(check(failed("RuntimeError"), pulled(x=TWO)))
    assert found.message.key == "grad.error"
    assert found.message.parameters["exception"] == "RuntimeError"
    assert not check(failed("RuntimeError"), failed("RuntimeError"))
    assert keys(check(failed("ValueError"), failed("RuntimeError"))) == ["grad.error"]
    assert keys(check(pulled(x=TWO), failed("RuntimeError"))) == ["grad.no_error"]


@pytest.mark.parametrize(
    "result", [tensor([2.0]), tensor([1.0], "float64"), tensor([1.0, 1.0]), NONE]
)
def test_gradients_are_not_compared_where_the_result_itself_is_wrong(result: Node) -> None:
    found = check(pulled(result, x=None), pulled(x=TWO))
    assert Fact.GRADIENT not in [each.fact for each in found]
    assert found


def test_gradients_have_the_tolerance_of_their_dtype() -> None:
    assert not check(pulled(x=tensor([1.000001])), pulled(x=tensor([1.0])))
    near, want = tensor([1.000001], "float64"), tensor([1.0], "float64")
    assert keys(check(pulled(x=near), pulled(x=want)))


@pytest.mark.parametrize(
    ("got", "want", "key", "text"),
    [
        ((False, True), (True, True), "grad_state.detached", "requires_grad=False"),
        ((True, True), (False, True), "grad_state.attached", "requires_grad=True"),
        ((True, False), (True, True), "grad_state.not_leaf", "is_leaf=False"),
        ((True, True), (True, False), "grad_state.leaf", "is_leaf=True"),
    ],
)
def test_requires_grad_and_leaf_are_compared_on_request(
    got: tuple[bool, bool], want: tuple[bool, bool], key: str, text: str
) -> None:
    given, wanted = (
        sequence(RESULT, tensor([1.0], requires_grad=each[0], is_leaf=each[1]))
        for each in (got, want)
    )
    assert not differences(given, wanted)
    found = only(differences(given, wanted, Fact.GRAD_STATE))
    assert (found.message.key, found.path, found.got) == (key, "result[1]", text)


def test_requires_grad_of_arguments_counts_too() -> None:
    frozen, free = tensor([1.0]), tensor([1.0], requires_grad=True)
    got, want = returned(arguments=(("x", free),)), returned(arguments=(("x", frozen),))
    found = compare(got, want=want, checks=frozenset({Fact.GRAD_STATE}))
    assert (only(found).fact, only(found).path) == (Fact.GRAD_STATE, "arguments.x")
