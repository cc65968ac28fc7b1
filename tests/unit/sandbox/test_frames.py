"""Each frame is read as the part of an observation that it is, or refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.domain.observation import Gradient, Raised, ScalarNode, TensorNode
from judge.domain.verdict import Ending
from judge.sandbox.frames import (
    Fault,
    SourceSpot,
    Stop,
    StopKind,
    read_fault,
    read_forward,
    read_gradient,
    read_loaded,
    read_source,
)
from judge.sandbox.protocol import MAX_CALL_NAMES, Status
from judge.sandbox.reader import Garbled
from tests.unit.sandbox import wire

SPOT = wire.u32(3) + wire.u32(5) + wire.text("for") + wire.text("for")
FACTS = (
    b"\x01"
    + wire.listed(wire.text("out.txt") + wire.string("hello"))
    + b"\x01"
    + wire.listed(wire.text("aten.add") + wire.u32(2))
    + b"\x01"
    + wire.listed(wire.text("torch.add"), wire.text("torch.Tensor.sum"))
)


def read_call(data: bytes) -> object:
    return read_forward(data, order=0, simulated=False)


def read_gradients(data: bytes) -> object:
    return read_gradient(data, order=0)


def test_an_answer_that_is_well_formed_may_go_on_with_the_names_it_uses() -> None:
    assert read_source(b"\x00" + wire.listed(wire.text("nn.Linear"))) == frozenset({"nn.Linear"})


@pytest.mark.parametrize(
    ("status", "kind"),
    [(1, StopKind.SYNTAX), (2, StopKind.TOO_DEEP), (3, StopKind.FORBIDDEN)],
)
def test_an_answer_that_is_not_well_formed_is_stopped_with_its_places(
    status: int, kind: StopKind
) -> None:
    data = bytes((status,)) + wire.text("what") + wire.listed(SPOT)
    assert read_source(data) == Stop(kind, "what", (SourceSpot(3, 5, "for", "for"),))


def test_a_module_that_loads_stops_nothing() -> None:
    assert read_loaded(b"\x00") is None


def test_a_module_that_does_not_load_says_why() -> None:
    raised = Raised(("ImportError",), "no", ())
    assert read_loaded(b"\x01" + wire.raised("ImportError", message="no")) == Stop(
        StopKind.IMPORT_RAISED, raised=raised
    )
    assert read_loaded(b"\x02") == Stop(StopKind.MISSING)
    assert read_loaded(b"\x03") == Stop(StopKind.NOT_CALLABLE)


def test_a_fault_counts_from_the_given_code() -> None:
    raised = Raised(("NameError",), "", ())
    assert read_fault(wire.u32(0) + wire.raised("NameError")) == Fault(-1, raised)
    assert read_fault(wire.u32(3) + wire.raised("NameError")) == Fault(2, raised)


def test_a_call_that_returned_is_read_with_all_that_was_asked_for() -> None:
    data = wire.forward(2, wire.integer(7), arguments=(("x", wire.NONE),), facts=FACTS)
    seen = read_forward(data, order=2, simulated=True)
    assert (seen.ending, seen.result, seen.raised) == (
        Ending.RETURNED,
        ScalarNode("int", 7),
        None,
    )
    assert seen.arguments == (("x", ScalarNode("NoneType", None)),)
    assert seen.files == (("out.txt", ScalarNode("str", "hello")),)
    assert seen.operations == (("aten.add", 2),)
    assert seen.calls == frozenset({"torch.add", "torch.Tensor.sum"})
    assert seen.simulated


def test_a_call_that_raised_has_no_result_and_what_was_not_asked_for_is_not_there() -> None:
    error = wire.raised("ValueError", message="bad", lines=(2,))
    seen = read_forward(wire.forward(0, error=error), order=0, simulated=False)
    assert (seen.ending, seen.result) == (Ending.RAISED, None)
    assert seen.raised is not None
    assert seen.raised.message == "bad"
    assert (seen.files, seen.operations, seen.calls) == (None, None, None)


def test_an_argument_that_no_gradient_reached_has_none() -> None:
    data = wire.gradient(1, ("x", wire.tensor("bool", (), b"\x01")), ("y", wire.NONE))
    found = read_gradient(data, order=1)
    assert isinstance(found, tuple)
    one, other = found
    assert (one.path, type(one.value)) == ("x", TensorNode)
    assert other == Gradient("y", None)


def test_a_backward_pass_that_raised_is_read_as_that() -> None:
    data = wire.u32(0) + b"\x01" + wire.raised("RuntimeError")
    assert read_gradient(data, order=0) == Raised(("RuntimeError",), "", ())


def test_frames_out_of_order_are_garbled() -> None:
    with pytest.raises(Garbled, match="order"):
        read_forward(wire.forward(1), order=0, simulated=False)
    with pytest.raises(Garbled, match="order"):
        read_gradient(wire.gradient(0), order=1)


def test_a_status_that_there_is_none_of_is_garbled() -> None:
    for read in (read_source, read_loaded):
        with pytest.raises(Garbled, match="status"):
            read(b"\x09" + bytes(12))
    with pytest.raises(Garbled, match="status"):
        read_forward(wire.forward(0, status=8), order=0, simulated=False)
    with pytest.raises(Garbled, match="status"):
        read_gradient(wire.gradient(0, status=8), order=0)


def test_an_author_s_call_says_what_its_inputs_were() -> None:
    one, two = (("x", wire.integer(number)) for number in (1, 2))
    x = wire.listed(wire.text("x") + wire.integer(2))
    plain = read_forward(wire.forward(0, arguments=(one,)), order=0, simulated=False)
    changed = read_forward(wire.forward(0, arguments=(one,), inputs=x), order=0, simulated=False)
    unchanged = read_forward(
        wire.forward(0, arguments=(two,), status=Status.UNCHANGED), order=0, simulated=False
    )
    assert plain.inputs == ()
    assert changed.inputs == (("x", ScalarNode("int", 2)),)
    assert unchanged.inputs == unchanged.arguments == changed.inputs
    with pytest.raises(Garbled, match="follows"):
        read_forward(wire.forward(0, inputs=x + b"\x00"), order=0, simulated=False)


def test_more_names_than_a_child_may_send_are_garbled() -> None:
    names = wire.listed(*[wire.text("a")] * (MAX_CALL_NAMES + 2))
    with pytest.raises(Garbled, match="names"):
        read_source(b"\x00" + names)


@pytest.mark.parametrize("read", [read_source, read_loaded, read_fault, read_call, read_gradients])
@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_garbled(read: Callable[[bytes], object], data: bytes) -> None:
    with contextlib.suppress(Garbled):
        read(data)


@given(end=st.integers(0, len(wire.forward(0, facts=FACTS)) - 1))
def test_a_call_that_is_cut_short_is_garbled(end: int) -> None:
    whole = wire.forward(0, facts=FACTS)
    with pytest.raises(Garbled):
        read_forward(whole[:end], order=0, simulated=False)


@given(end=st.integers(0, len(wire.gradient(0, ("x", wire.NONE))) - 1))
def test_gradients_that_are_cut_short_are_garbled(end: int) -> None:
    whole = wire.gradient(0, ("x", wire.NONE))
    with pytest.raises(Garbled):
        read_gradient(whole[:end], order=0)


def test_nothing_may_follow_a_frame() -> None:
    frames: list[tuple[Callable[[bytes], object], bytes]] = [
        (read_source, wire.SOURCE_IS_FINE),
        (read_loaded, wire.LOADED_IS_FINE),
        (read_call, wire.forward(0)),
        (read_gradients, wire.gradient(0)),
    ]
    for read, data in frames:
        read(data)
        with pytest.raises(Garbled, match="follows"):
            read(data + b"\x00")
