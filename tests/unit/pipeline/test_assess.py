"""How a call ended, and what it did, become one verdict a case."""

from __future__ import annotations

import pytest

from judge.domain.observation import Observation
from judge.domain.problem import Limits, Problem, Rules
from judge.domain.report import Message
from judge.domain.verdict import Device, Ending, Fact, Verdict
from judge.pipeline.assess import Assessment, assess, ending_message, ending_verdict, was_called
from judge.sandbox.job import RunId, Simulation
from tests.unit.pipeline.build import case, ended, problem, raised, returned, tensor

RUN = RunId(0, 0)
FAKE, TWIN = RunId(0, 0, Simulation.FAKE), RunId(0, 0, Simulation.TWIN)
PLAIN = problem(case("1"))
CUDA = problem(case("1", device=Device.CUDA))
ONE, TWO = returned(tensor(1.0)), returned(tensor(2.0))
LIMITS = Limits(time_s=2.0, memory_bytes=64 << 20)
FAKE_ONE = returned(tensor(0.0, device="cuda:0", data=None), simulated=True)
FAKE_ON_CPU = returned(tensor(0.0, data=None), simulated=True)
FAKE_WIDE = returned(tensor(0.0, device="cuda:0", data=None, shape=(2,)), simulated=True)
NEEDS_VALUES = raised("DataDependentOutputException", "RuntimeError", simulated=True)


def judged(got: Observation, want: Observation = ONE, *, of: Problem = PLAIN) -> Assessment:
    return assess(of, RUN, got={RUN: got}, want={RUN: want})


def simulated(
    got: tuple[Observation, Observation], want: tuple[Observation, Observation] = (FAKE_ONE, ONE)
) -> Assessment:
    """Judge a case by its run on a fake device and by its twin on the CPU."""
    return assess(
        CUDA,
        RUN,
        got=dict(zip((FAKE, TWIN), got, strict=True)),
        want=dict(zip((FAKE, TWIN), want, strict=True)),
    )


def test_what_is_as_the_reference_has_it_is_accepted() -> None:
    assert judged(ONE) == Assessment(Verdict.ACCEPTED, seen=ONE)


def test_a_difference_names_the_verdict() -> None:
    found = judged(TWO)
    assert found.verdict is Verdict.WRONG_VALUE
    assert [each.fact for each in found.differences] == [Fact.VALUE]


@pytest.mark.parametrize(
    ("seen", "verdict", "message"),
    [
        (
            ended(Ending.TIMED_OUT, "cpu"),
            Verdict.TIME_LIMIT,
            Message("limit.time", {"limit_s": 2.0}),
        ),
        (
            ended(Ending.TIMED_OUT, "wall"),
            Verdict.TIME_LIMIT,
            Message("limit.wall", {"limit_s": 7.0}),
        ),
        (
            ended(Ending.OUT_OF_MEMORY),
            Verdict.MEMORY_LIMIT,
            Message("limit.memory", {"limit_mb": 64}),
        ),
        (
            ended(Ending.TOO_MUCH_OUTPUT),
            Verdict.OUTPUT_LIMIT,
            Message("limit.output", {"limit_kb": 256}),
        ),
        (
            ended(Ending.DIED, "SIGSEGV"),
            Verdict.RUNTIME_ERROR,
            Message("died.signal", {"signal": "SIGSEGV"}),
        ),
        (ended(Ending.DIED, "exit 3"), Verdict.RUNTIME_ERROR, Message("died.exit", {"code": "3"})),
        (ended(Ending.DIED, "garbled"), Verdict.RUNTIME_ERROR, Message("died.garbled")),
    ],
)
def test_an_ending_that_leaves_nothing_to_compare_has_its_verdict_and_its_message(
    seen: Observation, verdict: Verdict, message: Message
) -> None:
    found = judged(seen, of=problem(case("1"), limits=LIMITS))
    assert (found.verdict, found.message, found.differences) == (verdict, message, ())
    assert ending_verdict(seen.ending) is verdict


@pytest.mark.parametrize("seen", [ONE, raised("ValueError")])
def test_a_call_that_came_to_an_end_needs_no_message(seen: Observation) -> None:
    assert ending_message(seen, LIMITS) is None


def test_a_run_that_was_left_out_is_neither_right_nor_wrong() -> None:
    found = assess(PLAIN, RUN, got={}, want={RUN: ONE})
    assert found == Assessment(None, message=Message("skipped.timeouts"))


def test_a_forbidden_function_that_was_really_called_is_named() -> None:
    ruled = problem(case("1"), rules=Rules(forbid=("for", "torch.einsum")))
    seen = returned(tensor(1.0), calls=frozenset({"torch.einsum"}))
    found = judged(seen, of=ruled)
    assert found.verdict is Verdict.FORBIDDEN
    assert found.message == Message("forbidden.called", {"name": "torch.einsum"})
    assert judged(ONE, of=ruled).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("rule", "call", "same"),
    [
        ("torch.bmm", "torch.bmm", True),
        ("torch.bmm", "torch.Tensor.bmm", True),
        ("Tensor.bmm", "torch.bmm", True),
        ("Tensor.item", "torch.Tensor.item", True),
        ("torch.nn.functional.relu", "torch.nn.functional.relu", True),
        ("torch.bmm", "torch.baddbmm", False),
        ("Tensor.item", "torch.Tensor.items", False),
    ],
)
def test_a_function_and_its_method_are_one(
    rule: str,
    call: str,
    same: bool,  # noqa: FBT001
) -> None:
    assert was_called(rule, frozenset({call, "torch.add"})) is same


def test_a_case_s_own_exception_is_wanted_where_it_names_one() -> None:
    raising = problem(case("1", raises="ValueError"))
    key = raised("ValueError", "Exception")
    assert judged(raised("ValueError"), key, of=raising).verdict is Verdict.ACCEPTED
    assert judged(raised("KeyError"), key, of=raising).verdict is Verdict.WRONG_EXCEPTION
    assert judged(ONE, key, of=raising).verdict is Verdict.WRONG_EXCEPTION


def test_a_simulated_case_is_right_where_both_its_runs_are() -> None:
    assert simulated((FAKE_ONE, ONE)).verdict is Verdict.ACCEPTED


def test_values_of_a_simulated_case_are_judged_on_the_twin() -> None:
    assert simulated((FAKE_ONE, TWO)).verdict is Verdict.WRONG_VALUE


def test_the_device_of_a_simulated_case_is_judged_on_the_fake() -> None:
    assert simulated((FAKE_ON_CPU, ONE)).verdict is Verdict.WRONG_DEVICE


def test_what_both_runs_find_is_one_verdict_in_teaching_order() -> None:
    found = simulated((FAKE_WIDE, TWO))
    assert [each.fact for each in found.differences] == [Fact.SHAPE, Fact.VALUE]
    assert found.verdict is Verdict.WRONG_SHAPE


def test_a_fake_run_in_which_the_answer_needs_values_is_left_to_the_twin() -> None:
    assert simulated((NEEDS_VALUES, ONE)).verdict is Verdict.ACCEPTED
    assert simulated((NEEDS_VALUES, TWO)).verdict is Verdict.WRONG_VALUE


def test_a_fake_run_in_which_the_reference_needs_values_says_nothing() -> None:
    assert simulated((FAKE_ON_CPU, ONE), (NEEDS_VALUES, ONE)).verdict is Verdict.ACCEPTED


def test_a_twin_on_which_the_reference_fails_says_nothing() -> None:
    key = (FAKE_ONE, raised("RuntimeError"))
    assert simulated((FAKE_ONE, TWO), key).verdict is Verdict.ACCEPTED
    assert simulated((FAKE_ON_CPU, TWO), key).verdict is Verdict.WRONG_DEVICE


def test_an_answer_can_not_talk_its_way_out_of_the_only_run_that_tells() -> None:
    key = (FAKE_ONE, raised("RuntimeError"))
    assert simulated((NEEDS_VALUES, TWO), key).verdict is Verdict.RUNTIME_ERROR


def test_a_simulated_run_that_dies_decides_the_case() -> None:
    assert simulated((FAKE_ONE, ended(Ending.TIMED_OUT))).verdict is Verdict.TIME_LIMIT
    assert simulated((ended(Ending.DIED, "exit 1"), ONE)).verdict is Verdict.RUNTIME_ERROR
