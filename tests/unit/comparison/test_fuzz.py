"""Whatever two children claim, a comparison answers, in form and in time."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judge.comparison import compare, render, same_behaviour, verdict_of, zeros_would_pass
from judge.domain.observation import MappingNode, Node, Observation, SequenceNode
from judge.domain.problem import Language, Tolerance
from judge.domain.report import as_json
from judge.domain.verdict import Ending, Fact, Verdict
from judge.wording import render as word
from judge.wording.english import ENGLISH
from tests.unit.comparison.build import NONE, mapping, number, returned, sequence, tensor
from tests.unit.comparison.strategies import honest_nodes, hostile_nodes, observations

EVERYTHING = frozenset(Fact)
FUZZ = settings(
    deadline=None,  # a shared machine may stall; what takes too long has tests of its own
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
tolerances = st.none() | st.builds(
    Tolerance, st.sampled_from([0.0, 1e-3, 1e300]), st.sampled_from([0.0, 1.0, float("inf")])
)
hostile = observations(hostile_nodes)


def pairs_of(one: st.SearchStrategy[Observation]) -> st.SearchStrategy[tuple[Observation, ...]]:
    """Unrelated observations, and ones that have most in common: those get past the first facts."""
    return st.tuples(one, one) | st.tuples(one, one, one).map(
        lambda three: (
            replace(three[0], result=three[1].result, gradients=three[1].gradients),
            replace(three[0], files=three[2].files),
        )
    )


@settings(FUZZ, max_examples=150)
@given(pairs_of(hostile), tolerances, st.none() | st.integers(-1, 3), st.none() | st.text())
def test_any_two_observations_give_well_formed_differences(
    pair: tuple[Observation, ...],
    tolerance: Tolerance | None,
    max_ops: int | None,
    raises: str | None,
) -> None:
    got, want = pair
    found = compare(
        got,
        want=want,
        checks=EVERYTHING,
        tolerance=tolerance,
        max_ops=max_ops,
        raises=raises,
    )
    facts = [difference.fact for difference in found]
    assert facts == [fact for fact in Fact if fact in facts]
    assert (verdict_of(found) is Verdict.ACCEPTED) is (found == ())
    same_behaviour(got, want, checks=EVERYTHING, tolerance=tolerance, max_ops=max_ops)
    for difference in found:
        assert len(json.dumps(as_json(difference), allow_nan=False)) < 100_000
        assert difference.message.key in ENGLISH.sentences
        # A sentence that lacked a parameter would come out as its bare key.
        assert all(
            not word(difference.message, language).startswith(difference.message.key)
            for language in Language
        )


@settings(FUZZ, max_examples=150)
@given(hostile_nodes, st.integers(0, 200))
def test_any_node_can_be_written_and_weighed(node: Node, limit: int) -> None:
    assert len(render(node, limit=limit)) <= limit
    zeros_would_pass(node)


@settings(FUZZ, max_examples=150)
@given(observations(honest_nodes))
def test_an_honest_answer_equal_to_the_key_is_accepted(observation: Observation) -> None:
    key = replace(
        observation,
        ending=Ending.RETURNED,
        result=observation.result or NONE,
        operations=(),
    )
    assert compare(key, want=key, checks=EVERYTHING) == ()
    assert same_behaviour(key, key, checks=EVERYTHING)


@settings(FUZZ, max_examples=150)
@given(honest_nodes, honest_nodes)
def test_without_tolerance_it_does_not_matter_which_of_two_is_the_key(
    one: Node, other: Node
) -> None:
    exact = Tolerance(0.0, 0.0)
    there = compare(returned(one), want=returned(other), checks=EVERYTHING, tolerance=exact)
    back = compare(returned(other), want=returned(one), checks=EVERYTHING, tolerance=exact)
    assert {each.fact for each in there} == {each.fact for each in back}


def deep(levels: int, *, kind: str) -> Node:
    node: Node = NONE
    for _ in range(levels):
        match kind:
            case "sequence":
                node = SequenceNode("list", (node,))
            case "value":
                node = mapping(key=node)
            case "key":
                node = MappingNode("dict", ((node, NONE),))
            case _:
                node = tensor([1.0], grad=node)
    return node


@pytest.mark.parametrize("kind", ["sequence", "value", "key", "grad"])
def test_depth_is_no_weapon(kind: str) -> None:
    observation = returned(deep(20_000, kind=kind))
    start = time.process_time()
    compare(observation, want=observation, checks=EVERYTHING)
    compare(observation, want=returned(deep(20_001, kind=kind)), checks=EVERYTHING)
    render(deep(20_000, kind=kind))
    # Generous: quadratic work on that depth would take minutes.
    assert time.process_time() - start < 10


def test_width_is_no_weapon() -> None:
    many = sequence(*(number(each) for each in range(50_000)), kind="set")
    keys = MappingNode("dict", tuple((number(each % 7), NONE) for each in range(50_000)))
    start = time.process_time()
    assert compare(returned(many), want=returned(many), checks=EVERYTHING) == ()
    assert compare(returned(keys), want=returned(keys), checks=EVERYTHING) == ()
    assert time.process_time() - start < 10


def test_endless_empty_lines_are_no_weapon() -> None:
    got, want = returned(output=b"\n" * 10**7 + b"a"), returned(output=b"b")
    start = time.process_time()
    assert compare(got, want=want, checks=EVERYTHING)[0].fact is Fact.OUTPUT
    assert time.process_time() - start < 10
