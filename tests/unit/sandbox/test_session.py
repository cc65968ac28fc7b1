"""A job's conversation with its children: what is believed, what is refused, what goes on."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from judge.domain.observation import Frame, ScalarNode
from judge.domain.problem import Limits
from judge.domain.verdict import Ending, Fact
from judge.errors import SandboxError
from judge.sandbox.children import Death
from judge.sandbox.conversation import MAX_OUTPUT_BYTES
from judge.sandbox.frames import StopKind
from judge.sandbox.job import Job
from judge.sandbox.protocol import COTANGENT, MAX_FRAME_BYTES, FrameKind
from judge.sandbox.session import MAX_TIMEOUTS, Session
from tests.unit.sandbox import wire
from tests.unit.sandbox.fakes import FakeZygote, Voice
from tests.unit.sandbox.talks import (
    SOURCE,
    calling,
    honest,
    job,
    leaving,
    only,
    run,
    runs,
    saying,
)


def test_an_honest_child_is_seen_call_by_call() -> None:
    result = run(honest, count=3)
    assert [seen.result for seen in result.observations.values()] == [
        ScalarNode("int", order) for order in range(3)
    ]
    assert (result.children, result.stop, result.fault) == (1, None, None)
    assert result.modules == ("json",)


def test_only_the_stages_that_are_known_are_kept() -> None:
    stages = run(honest).stages_s
    assert stages["call"] == 0.5
    assert "odd" not in stages


@pytest.mark.parametrize(
    "done",
    [
        b"no json",
        b"[]",
        b'{"stages_s": [1]}',
        b'{"stages_s": {"call": "soon"}}',
        b'{"stages_s": {"call": ' + b"9" * 400 + b"}}",
        b'{"modules": 3}',
    ],
)
def test_nonsense_at_the_end_costs_the_times_and_no_call(done: bytes) -> None:
    def script(voice: Voice) -> None:
        voice.begin()
        voice.say(FrameKind.FORWARD, wire.forward(0, wire.integer(7)))
        voice.end(done)

    result = run(script)
    assert only(result) == (Ending.RETURNED, "")
    assert "call" not in result.stages_s


@pytest.mark.parametrize(
    "frame",
    [
        wire.frame(99),
        wire.frame(FrameKind.DONE),
        wire.frame(FrameKind.FORWARD, b"junk"),
        wire.frame(FrameKind.FORWARD, wire.forward(1)),
        wire.frame(FrameKind.FORWARD, wire.forward(0) + b"more"),
        bytes((FrameKind.FORWARD,)) + wire.u32(MAX_FRAME_BYTES + 1),
    ],
)
def test_a_lie_in_the_place_of_a_call_is_a_death(frame: bytes) -> None:
    assert only(run(saying(frame))) == (Ending.DIED, "garbled")


@pytest.mark.parametrize(
    ("death", "ending"),
    [
        (Death(signal.SIGSEGV, None), (Ending.DIED, "SIGSEGV")),
        (Death(40, None), (Ending.DIED, "SIG40")),
        (Death(0, 3), (Ending.DIED, "exit 3")),
        (Death(signal.SIGKILL, None, cpu_s=31.0), (Ending.TIMED_OUT, "cpu")),
        (Death(signal.SIGXCPU, None, cpu_s=31.0), (Ending.TIMED_OUT, "cpu")),
        (Death(signal.SIGKILL, None, cpu_s=1.0), (Ending.DIED, "SIGKILL")),
        (Death(signal.SIGKILL, None, peak_bytes=1 << 20), (Ending.OUT_OF_MEMORY, "")),
        (Death(0, 1, peak_bytes=1 << 20), (Ending.DIED, "exit 1")),
    ],
)
def test_a_death_in_a_call_is_told_as_the_zygote_saw_it(
    death: Death, ending: tuple[Ending, str]
) -> None:
    assert only(run(leaving, death=death)) == ending


def test_after_a_death_the_calls_behind_it_are_made_in_a_new_child() -> None:
    def first(voice: Voice) -> None:
        voice.begin()
        voice.say(FrameKind.FORWARD, wire.forward(0, wire.integer(10)))

    zygote = FakeZygote(first, honest)
    asked = job(4)
    result = Session(zygote, asked).run()
    assert result.children == 2
    endings = [result.observations[each.id].ending for each in asked.runs]
    assert endings == [Ending.RETURNED, Ending.DIED, Ending.RETURNED, Ending.RETURNED]
    again = zygote.voices[1].job["runs"]
    assert [seed for _, seed, _ in again] == [each.seed for each in asked.runs[2:]]


def test_a_child_that_ends_before_it_has_its_job_is_our_fault() -> None:
    def gone(voice: Voice) -> None:
        del voice

    with pytest.raises(SandboxError, match="before it had its job"):
        run(gone)


def test_after_several_timeouts_the_rest_is_left_out() -> None:
    result = run(leaving, count=9, death=Death(signal.SIGXCPU, None, cpu_s=99.0))
    assert len(result.observations) == MAX_TIMEOUTS
    assert {seen.ending for seen in result.observations.values()} == {Ending.TIMED_OUT}


def test_a_call_that_never_ends_is_over_a_limit() -> None:
    over = threading.Event()

    def script(voice: Voice) -> None:
        voice.begin()
        over.wait(20)

    quick = Job(SOURCE, "f", "", (), Limits(time_s=0.01), runs(1))
    # Time up to the first call counts too, so it may be over before there is one.
    result = run(script, asked=quick)
    over.set()
    seen = result.stop.observation if result.stop else next(iter(result.observations.values()))
    assert seen is not None
    assert seen.ending is Ending.TIMED_OUT


def test_endless_output_is_cut_off() -> None:
    def script(voice: Voice) -> None:
        voice.begin()
        voice.say(FrameKind.FORWARD, wire.forward(0))
        # Told the cotangent, it knows that its call was taken in.
        voice.hear(COTANGENT.size)
        for _ in range(10 * MAX_OUTPUT_BYTES >> 10):
            os.write(voice.out, bytes(1 << 10))

    result = run(script, asked=job(1, Fact.GRADIENT))
    assert only(result) == (Ending.TOO_MUCH_OUTPUT, "")


def test_what_is_printed_belongs_to_the_call_before_whose_frame_it_came() -> None:
    def script(voice: Voice) -> None:
        voice.say(FrameKind.READY, b"{}")
        voice.hear_job()
        voice.print(b"")
        voice.say(FrameKind.SOURCE, wire.SOURCE_IS_FINE)
        voice.print(b"")
        voice.say(FrameKind.PREPARED)
        voice.print(b"at import")
        voice.say(FrameKind.LOADED, wire.LOADED_IS_FINE)
        # Both calls have printed before the first frame is read.
        voice.print(b"one", b"warning")
        voice.print(b"two")
        voice.say(FrameKind.FORWARD, wire.forward(0))
        voice.say(FrameKind.FORWARD, wire.forward(1))
        voice.end()

    result = run(script, count=2)
    first, second = result.observations.values()
    assert result.output == b"at import"
    assert (first.output, first.errors) == (b"one", b"warning")
    assert (second.output, second.errors) == (b"two", b"")


def test_a_student_is_told_the_cotangents_only_when_all_calls_are_in() -> None:
    told: list[int | None] = []

    def script(voice: Voice) -> None:
        voice.begin()
        told.append(voice.job["cotangents"])
        voice.say(FrameKind.FORWARD, wire.forward(0))
        voice.channel.settimeout(0.2)
        with pytest.raises(TimeoutError):
            voice.channel.recv(1)
        voice.channel.settimeout(None)
        voice.say(FrameKind.FORWARD, wire.forward(1))
        told.extend(COTANGENT.unpack(voice.hear(COTANGENT.size))[0] for _ in range(2))
        voice.say(FrameKind.GRADIENT, wire.gradient(0, ("x", wire.NONE)))
        error = wire.u32(1) + b"\x01" + wire.raised("RuntimeError")
        voice.say(FrameKind.GRADIENT, error)
        voice.end()

    asked = job(2, Fact.GRADIENT)
    result = run(script, asked=asked)
    assert told == [None, *(each.cotangent for each in asked.runs)]
    first, second = result.observations.values()
    assert first.gradients is not None
    assert [each.path for each in first.gradients] == ["x"]
    assert second.gradient_error is not None


def test_an_author_is_told_the_cotangents_with_the_job() -> None:
    def script(voice: Voice) -> None:
        voice.begin()
        voice.say(FrameKind.FORWARD, wire.forward(0))
        voice.say(FrameKind.GRADIENT, wire.gradient(0))
        voice.end()

    asked = job(1, Fact.GRADIENT, author=True)
    zygote = FakeZygote(script)
    (seen,) = Session(zygote, asked).run().observations.values()
    assert seen.gradients == ()
    assert zygote.voices[0].job["cotangents"] == [asked.runs[0].cotangent]


def test_lines_that_the_answer_does_not_have_are_left_out() -> None:
    error = wire.raised("KeyError", lines=(0, 2, 3, 918_273))
    (seen,) = run(calling(wire.forward(0, error=error))).observations.values()
    assert seen.raised is not None
    assert seen.raised.frames == (Frame(2, "f"), Frame(3, "f"))


@pytest.mark.parametrize(
    ("classes", "message"),
    [
        (("MemoryError",), ""),
        (("OutOfMemoryError", "RuntimeError"), ""),
        (("RuntimeError",), "[enforce fail] DefaultCPUAllocator: can't allocate memory: you …"),
        (("RuntimeError",), "std::bad_alloc"),
    ],
)
def test_an_allocation_that_failed_is_a_limit(classes: tuple[str, ...], message: str) -> None:
    error = wire.forward(0, error=wire.raised(*classes, message=message))
    assert only(run(calling(error))) == (Ending.OUT_OF_MEMORY, "")


def test_an_answer_that_can_not_be_loaded_stops_the_job() -> None:
    def script(voice: Voice) -> None:
        voice.say(FrameKind.READY, b"{}")
        voice.hear_job()
        voice.say(FrameKind.SOURCE, b"\x01" + wire.text("bad") + wire.u32(0))

    stop = run(script).stop
    assert stop is not None
    assert (stop.kind, stop.detail) == (StopKind.SYNTAX, "bad")


def test_inputs_that_can_not_be_made_are_a_fault() -> None:
    def script(voice: Voice) -> None:
        voice.say(FrameKind.READY, b"{}")
        voice.hear_job()
        voice.say(FrameKind.SOURCE, wire.SOURCE_IS_FINE)
        voice.say(FrameKind.FAULT, wire.u32(1) + wire.raised("NameError"))

    fault = run(script).fault
    assert fault is not None
    assert fault.order == 0


def test_an_answer_that_dies_as_it_loads_is_stopped_there() -> None:
    def script(voice: Voice) -> None:
        voice.say(FrameKind.READY, b"{}")
        voice.hear_job()
        voice.say(FrameKind.SOURCE, wire.SOURCE_IS_FINE)
        voice.say(FrameKind.PREPARED)

    result = run(script, death=Death(0, 7))
    assert result.stop is not None
    assert result.stop.kind is StopKind.ENDED
    assert result.stop.observation is not None
    assert result.stop.observation.death == "exit 7"
    assert not result.observations


def test_a_zygote_that_is_gone_says_nothing_about_an_answer() -> None:
    with pytest.raises(SandboxError):
        run()
