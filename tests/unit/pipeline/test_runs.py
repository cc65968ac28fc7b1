"""Cases become single runs: repeated, simulated, drawn from one seed."""

from __future__ import annotations

import pytest

from judge.domain.problem import IntegerRange, Rules
from judge.domain.verdict import Device
from judge.pipeline.runs import author_job, run_ids, runs_of, student_job, traced
from judge.sandbox.job import RunId, Simulation
from tests.unit.pipeline.build import case, problem

MIXED = problem(case("1", repeat=2), case("2", device=Device.CUDA))


def test_a_case_is_run_as_often_as_it_says_and_a_simulated_one_twice_each_time() -> None:
    assert run_ids(MIXED) == (
        RunId(0, 0),
        RunId(0, 1),
        RunId(1, 0, Simulation.FAKE),
        RunId(1, 0, Simulation.TWIN),
    )


def test_repetitions_draw_different_inputs() -> None:
    drawn = problem(case("x", let=(("n", IntegerRange(1, 1000)),), repeat=10))
    specs = runs_of(drawn, seed="s")
    assert len({spec.let for spec in specs}) > 1
    assert len({spec.seed for spec in specs}) == 10


def test_an_answer_and_the_reference_get_the_same_inputs_for_one_seed() -> None:
    student = student_job(MIXED, "code", seed="s")
    author = author_job(MIXED, "code", seeds=("s",))
    assert student.runs == author.runs


def test_the_rules_hold_for_a_student_and_not_for_an_author() -> None:
    ruled = problem(case("1"), rules=Rules(forbid=("for",), require=("torch.bmm",)))
    student = student_job(ruled, "code", seed="s")
    author = author_job(ruled, "code", seeds=("s",))
    assert (student.forbid, student.require, student.author) == (("for",), ("torch.bmm",), False)
    assert (author.forbid, author.require, author.author) == ((), (), True)


def test_several_seeds_are_one_job_and_told_apart_by_their_draw() -> None:
    job = author_job(MIXED, "code", seeds=("a", "b"))
    assert [run.id.draw for run in job.runs] == [0] * 4 + [1] * 4
    assert job.runs[0].seed != job.runs[4].seed


@pytest.mark.parametrize(
    ("rule", "looked_for"),
    [("torch.bmm", True), ("Tensor.item", True), ("for", False), ("eval", False), ("nn.X", False)],
)
def test_only_torch_s_functions_and_methods_are_looked_for_in_calls(
    rule: str,
    looked_for: bool,  # noqa: FBT001
) -> None:
    assert traced(rule) is looked_for
    (spec,) = runs_of(problem(case("1"), rules=Rules(forbid=(rule,))), seed="s")
    assert spec.call.trace_calls is looked_for
