"""What a child is told, and above all what a student's child is not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from judge.domain.problem import Case, Choice, Limits, Signature, Text
from judge.domain.verdict import Device, Fact
from judge.sandbox.job import Job, RunId, RunSpec, Simulation, call_of, encode_job, specify

SIGNATURE = Signature("f(x, *rest)", "f", ("x",))
CASE = Case(
    name=Text("", ""),
    arguments=("a", "b", "c"),
    keywords=(("scale", "2"),),
    let=(("n", Choice(("1", "2", "3", "4", "5", "6", "7", "8"))),),
    checks=frozenset({Fact.GRADIENT, Fact.FILES}),
    device=Device.CUDA,
)


FIRST = RunId(0, 0)


def spec(run: RunId = FIRST, *, case: Case = CASE, seed: str = "secret") -> RunSpec:
    call = call_of(case, run.simulation, signature=SIGNATURE, trace_calls=True)
    return specify(case, run, seed=seed, call=call)


def encoded(*, author: bool) -> dict[str, Any]:
    runs = (spec(), spec(RunId(0, 1)))
    job = Job("source", "f", "given", ("for",), Limits(), runs, author=author, require=("nn",))
    data = encode_job(job, runs[1:], address_space_bytes=1 << 30, cpu_s=9, marker=b"\xff\x00")
    written: dict[str, Any] = json.loads(data)
    return written


def test_a_student_s_child_is_told_no_cotangent_and_no_seed_but_its_inputs() -> None:
    job = encoded(author=False)
    assert job["cotangents"] is None
    assert str(spec(RunId(0, 1)).cotangent) not in json.dumps(job)
    assert "secret" not in json.dumps(job)
    assert not job["author"]


def test_an_author_s_child_is_told_the_cotangent_and_shows_its_inputs() -> None:
    job = encoded(author=True)
    assert job["cotangents"] == [spec(RunId(0, 1)).cotangent]
    assert job["author"]


def test_only_the_runs_that_are_still_to_do_are_sent() -> None:
    assert [seed for _, seed, _ in encoded(author=False)["runs"]] == [spec(RunId(0, 1)).seed]


def test_what_runs_have_in_common_is_sent_once() -> None:
    first, second = spec(), spec(RunId(1, 0), case=replace(CASE, arguments=("z",)))
    again = replace(first, id=RunId(0, 1), seed=1, let=(("n", "8"),))
    job = Job("source", "f", "given", (), Limits(), (first, second, again))
    data = encode_job(job, job.runs, address_space_bytes=1, cpu_s=1, marker=b"")
    written = json.loads(data)
    assert [call["args"] for call in written["calls"]] == [["a", "b", "c"], ["z"]]
    assert [(call, seed) for call, seed, _ in written["runs"]] == [
        (0, first.seed),
        (1, second.seed),
        (0, 1),
    ]
    assert written["runs"][2][2] == [["n", "8"]]


def test_a_job_says_all_that_a_child_needs() -> None:
    job = encoded(author=False)
    assert (job["source"], job["function"], job["given"]) == ("source", "f", "given")
    assert (job["forbid"], job["require"]) == (["for"], ["nn"])
    assert (job["address_space_bytes"], job["cpu_s"]) == (1 << 30, 9)
    assert bytes.fromhex(job["marker"]) == b"\xff\x00"
    (call,) = job["calls"]
    assert (call["args"], call["kwargs"]) == (["a", "b", "c"], [["scale", "2"]])
    assert (call["grad"], call["files"], call["trace_ops"]) == (True, True, False)
    assert call["trace_calls"]


def test_arguments_beyond_the_signature_are_named_by_their_place() -> None:
    assert spec().call.parameter_names == ("x", "argument 2", "argument 3")


def test_a_fake_run_and_its_twin_have_the_same_inputs_on_their_own_devices() -> None:
    fake, twin = (spec(RunId(0, 0, each)) for each in (Simulation.FAKE, Simulation.TWIN))
    assert (fake.seed, fake.let) == (twin.seed, twin.let)
    assert (fake.call.device, twin.call.device) == (Device.CUDA, Device.CPU)


def test_repetitions_draw_anew_and_the_same_seed_draws_the_same() -> None:
    drawn = [spec(RunId(0, repetition)) for repetition in range(20)]
    assert len({each.seed for each in drawn}) == 20
    assert len({each.let for each in drawn}) > 1
    assert spec() == spec()
    assert spec(seed="other").seed != spec().seed


@pytest.mark.parametrize(
    ("simulation", "wanted"),
    [(Simulation.NONE, True), (Simulation.TWIN, True), (Simulation.FAKE, False)],
)
def test_gradients_are_wanted_where_there_are_values(simulation: Simulation, wanted: bool) -> None:  # noqa: FBT001
    assert spec(RunId(0, 0, simulation)).call.wants_gradients is wanted
    plain = Case(name=Text("", ""))
    assert not spec(RunId(0, 0, simulation), case=plain).call.wants_gradients
