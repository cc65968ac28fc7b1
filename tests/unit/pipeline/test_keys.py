"""A problem whose reference fails is refused, and the author is told where and how."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from judge.domain.observation import Frame, Observation, OpaqueNode, Raised, SequenceNode, Usage
from judge.domain.problem import Problem
from judge.domain.verdict import Device, Ending
from judge.errors import AuthorError, SandboxError
from judge.pipeline.keys import MAX_BATCH, KeyPool, is_unsimulated, make_key, make_keys, observe
from judge.sandbox.frames import Fault, Stop, StopKind
from judge.sandbox.job import Job, RunId, Simulation
from judge.sandbox.session import SessionResult
from tests.unit.pipeline.build import (
    FakeSandbox,
    all_return,
    case,
    ended,
    problem,
    raised,
    returned,
    tensor,
)

TWO = problem(case("1", name="first"), case("2", name="second", repeat=2))
ERROR = Raised(("NameError",), "no q", (Frame(3, "f"), Frame(7, "f")))


def endings(choose: Callable[[RunId], Observation | None]) -> FakeSandbox:
    """A sandbox in which each run of the reference ends as chosen; None leaves it out."""

    def answer(job: Job) -> SessionResult:
        seen = {run.id: choose(run.id) for run in job.runs}
        return SessionResult(
            observations={run: each for run, each in seen.items() if each is not None}
        )

    return FakeSandbox(answer)


def refusal(sandbox: FakeSandbox, of: Problem = TWO) -> str:
    """Return what the author is told."""
    with pytest.raises(AuthorError) as told:
        make_key(sandbox, of, seed="s")
    return str(told.value)


def in_second(seen: Observation) -> FakeSandbox:
    return endings(lambda run: seen if run == RunId(1, 1) else returned())


def failing(fault: Fault | None = None, stop: Stop | None = None) -> FakeSandbox:
    return FakeSandbox(lambda _: SessionResult(fault=fault, stop=stop))


def test_a_key_holds_what_the_reference_did_run_by_run() -> None:
    key = make_key(FakeSandbox(all_return), TWO, seed="s")
    assert key.seed == "s"
    assert set(key.observations) == {RunId(0, 0), RunId(1, 0), RunId(1, 1)}


def test_the_keys_of_a_batch_are_told_apart_and_each_looks_as_if_alone() -> None:
    sandbox = endings(lambda run: returned(tensor(run.draw)))
    one, other = make_keys(sandbox, TWO, seeds=("a", "b"))
    assert (one.seed, other.seed) == ("a", "b")
    assert set(one.observations) == set(other.observations)
    assert one.observations[RunId(0, 0)].result == tensor(0)
    assert other.observations[RunId(0, 0)].result == tensor(1)
    (job,) = sandbox.jobs
    assert job.author


@pytest.mark.parametrize(
    ("order", "where"),
    [
        (-1, "chapter/name: given can't be made"),
        (0, "the inputs of case 'first' can't be made"),
        (1, "the inputs of case 'second' can't be made"),
        (2, "the inputs of case 'second' can't be made"),
        (3, "the inputs of case 'first' can't be made"),  # of a batch's second seed
    ],
)
def test_inputs_that_can_not_be_made_are_named_with_their_case(order: int, where: str) -> None:
    told = refusal(failing(Fault(order, ERROR)))
    assert where in told
    assert told.endswith("NameError: no q (line 7 of the code)")


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        (Stop(StopKind.SYNTAX, "invalid syntax"), "syntax invalid syntax"),
        (Stop(StopKind.MISSING), "missing"),
        (
            Stop(StopKind.IMPORT_RAISED, raised=Raised(("ImportError",), "no x")),
            "ImportError: no x",
        ),
        (
            Stop(StopKind.ENDED, observation=ended(Ending.DIED, "exit 1")),
            "the process died (exit 1)",
        ),
    ],
)
def test_a_reference_that_can_not_be_called_says_why(stop: Stop, said: str) -> None:
    told = refusal(failing(stop=stop))
    assert told == f"chapter/name: the solution can't be called: {said}"


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (raised("KeyError", message="'w'", lines=(2,)), "KeyError: 'w' (line 2 of the code)"),
        (
            ended(Ending.TIMED_OUT, usage=Usage(cpu_s=2.04)),
            "over the time limit after 2.0 s of CPU time",
        ),
        (ended(Ending.OUT_OF_MEMORY), "over the memory limit"),
        (ended(Ending.TOO_MUCH_OUTPUT), "too much output"),
        (ended(Ending.DIED, "SIGSEGV"), "the process died (SIGSEGV)"),
        (ended(Ending.DIED), "the process died (died)"),
    ],
)
def test_a_reference_that_fails_in_any_repetition_is_refused_with_its_case(
    seen: Observation, said: str
) -> None:
    assert refusal(in_second(seen)) == f"chapter/name: case 'second': the solution: {said}"


def test_a_reference_that_was_not_run_to_its_end_is_refused() -> None:
    sandbox = endings(lambda run: None if run.case else returned())
    assert "case 'second': the solution was not run to its end" in refusal(sandbox)


def test_a_reference_has_to_raise_what_its_case_says() -> None:
    raising = problem(case("1", name="odd", raises="ValueError"))
    make_key(endings(lambda _: raised("MyError", "ValueError")), raising, seed="s")
    told = refusal(FakeSandbox(all_return), raising)
    assert "case 'odd'" in told
    assert "returned, but the case says that it raises ValueError" in told
    told = refusal(endings(lambda _: raised("KeyError", message="k")), raising)
    assert "the case says that it raises ValueError, but: KeyError: k" in told


def test_a_reference_that_returns_what_is_not_looked_into_is_refused_with_the_place() -> None:
    opaque = SequenceNode("list", (tensor(1.0), OpaqueNode("sparse_coo tensor", "too_large")))
    told = refusal(in_second(returned(opaque)))
    assert "case 'second'" in told
    assert "returns what can't be looked into: result[1] is sparse_coo tensor (too large)" in told


CUDA = problem(case("1", name="on a gpu", device=Device.CUDA))
UNSIMULATED = raised("DataDependentOutputException", simulated=True)
NO_DRIVER = "PyTorch is not linked with support for cuda devices"


def by_simulation(**seen: Observation) -> FakeSandbox:
    return endings(lambda run: seen.get(run.simulation.value))


@pytest.mark.parametrize(
    ("fake", "twin"),
    [(returned(), returned()), (UNSIMULATED, returned()), (returned(), raised("RuntimeError"))],
)
def test_a_simulated_case_needs_one_run_that_tells(fake: Observation, twin: Observation) -> None:
    key = make_key(by_simulation(fake=fake, twin=twin), CUDA, seed="s")
    assert set(key.observations) == {
        RunId(0, 0, Simulation.FAKE),
        RunId(0, 0, Simulation.TWIN),
    }


def test_a_simulated_case_of_which_no_run_tells_is_refused() -> None:
    told = refusal(by_simulation(fake=UNSIMULATED, twin=raised("RuntimeError", message="m")), CUDA)
    assert "case 'on a gpu': without a real device" in told
    assert told.endswith("RuntimeError: m")


def test_a_simulated_reference_that_fails_of_itself_is_refused() -> None:
    told = refusal(by_simulation(fake=raised("KeyError"), twin=returned()), CUDA)
    assert "the solution: KeyError" in told


@pytest.mark.parametrize(
    ("seen", "says_nothing"),
    [
        (UNSIMULATED, True),
        (raised("RuntimeError", message=f"{NO_DRIVER}.", simulated=True), True),
        (raised("RuntimeError", message="shapes do not fit", simulated=True), False),
        (raised("ValueError", message=NO_DRIVER, simulated=True), False),
        (raised("DataDependentOutputException"), False),
        (returned(simulated=True), False),
    ],
)
def test_only_a_simulated_run_can_fail_for_want_of_a_device(
    seen: Observation,
    says_nothing: bool,  # noqa: FBT001
) -> None:
    assert is_unsimulated(seen) is says_nothing


def test_other_code_of_the_author_is_observed_or_can_not_be_called() -> None:
    seen = observe(FakeSandbox(all_return), TWO, "code", seed="s")
    assert seen is not None
    assert set(seen) == {RunId(0, 0), RunId(1, 0), RunId(1, 1)}
    assert observe(failing(stop=Stop(StopKind.MISSING)), TWO, "code", seed="s") is None
    assert observe(failing(Fault(0, ERROR)), TWO, "code", seed="s") is None


def test_a_pool_gives_each_key_once_and_makes_them_in_growing_batches() -> None:
    sandbox = FakeSandbox(all_return)
    pool = KeyPool(sandbox)
    seeds = [pool.take(TWO).seed for _ in range(60)]
    assert len(set(seeds)) == 60
    sizes = [len(job.runs) // 3 for job in sandbox.jobs]
    assert sizes[:6] == [1, 2, 4, 8, MAX_BATCH, MAX_BATCH]
    assert 60 <= sum(sizes) <= 60 + 2 * MAX_BATCH


def test_keys_of_a_busy_problem_are_made_before_the_last_is_used() -> None:
    going_on = threading.Event()

    def answer(job: Job) -> SessionResult:
        if threading.current_thread() is not threading.main_thread():
            assert going_on.wait(10)
        return all_return(job)

    pool = KeyPool(FakeSandbox(answer))
    before = [pool.take(TWO).seed for _ in range(7)]  # all of 1 + 2 + 4; eight are being made
    going_on.set()
    after = [pool.take(TWO).seed for _ in range(100)]
    assert len({*before, *after}) == 107


def test_a_sandbox_that_fails_ahead_of_time_fails_nobody_who_has_a_key() -> None:
    def answer(job: Job) -> SessionResult:
        if threading.current_thread() is not threading.main_thread():
            raise SandboxError("no zygote")
        return all_return(job)

    pool = KeyPool(FakeSandbox(answer))
    assert len({pool.take(TWO).seed for _ in range(100)}) == 100


def test_a_new_version_of_a_problem_has_keys_of_its_own() -> None:
    sandbox = FakeSandbox(all_return)
    pool = KeyPool(sandbox)
    for version in ("1", "1", "1", "2"):
        pool.take(replace(TWO, version=version))
    assert [len(job.runs) // 3 for job in sandbox.jobs] == [1, 2, 1]
