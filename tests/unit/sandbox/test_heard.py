"""What the reference sent is known again, part by part, unless something of it was left out."""

from __future__ import annotations

import pytest

from judge.sandbox.frames import read_forward, read_gradient
from judge.sandbox.heard import Heard
from judge.sandbox.protocol import Flag
from tests.unit.sandbox import wire

X = wire.tensor("float32", (2,), bytes(8))
Y = wire.tensor("float32", (2,), b"\1" * 8)
NUMBER = wire.integer(1)


def call(result: bytes, arguments: bytes = X, state: str = "grad_mode=on") -> bytes:
    return wire.forward(0, result, arguments=(("x", arguments),), state=state)


def noted(frame: bytes) -> tuple[Heard, object]:
    heard = Heard.new()
    return heard, read_forward(frame, order=0, simulated=False, heard=heard)


@pytest.mark.parametrize(
    ("frame", "same"),
    [
        (call(NUMBER), {"arguments", "result", "state"}),
        (call(wire.integer(2)), {"arguments", "state"}),
        (call(NUMBER, Y), {"result", "state"}),
        (call(NUMBER, state="grad_mode=off"), {"arguments", "result"}),
    ],
)
def test_each_part_is_known_by_its_bytes_alone(frame: bytes, same: set[str]) -> None:
    heard, want = noted(call(NUMBER))
    got = read_forward(frame, order=0, simulated=False, heard=heard.noted())
    names = ("arguments", "result", "state")
    assert {name for name in names if getattr(got, name) is getattr(want, name)} == same
    assert got == read_forward(frame, order=0, simulated=False)


def test_gradients_are_known_again() -> None:
    heard, frame = Heard.new(), wire.gradient(0, ("x", X))
    want = read_gradient(frame, order=0, heard=heard)
    assert read_gradient(frame, order=0, heard=heard.noted()) is want
    other = read_gradient(wire.gradient(0, ("x", Y)), order=0, heard=heard.noted())
    assert other == read_gradient(wire.gradient(0, ("x", Y)), order=0) != want


OMITTED = wire.tensor("float32", (2,), None, flags=Flag.OMITTED)


@pytest.mark.parametrize(
    "node",
    [
        wire.opaque("Odd", "unknown"),
        OMITTED,
        wire.sequence("list", wire.integer(1), OMITTED),
        wire.mapping((wire.string("a"), wire.opaque("Odd", "unknown"))),
        wire.module("Linear", ("weight", OMITTED)),
        wire.tensor("float32", (2,), bytes(8), grad=OMITTED),
    ],
)
def test_what_is_not_seen_whole_is_never_taken_for_the_same(node: bytes) -> None:
    heard, want = noted(call(node))
    got = read_forward(call(node), order=0, simulated=False, heard=heard.noted())
    assert got == want
    assert got.result is not getattr(want, "result", None)


def test_what_is_known_stays_as_the_reference_had_it() -> None:
    heard, want = noted(call(NUMBER))
    known = heard.noted()
    read_forward(call(wire.integer(2)), order=0, simulated=False, heard=known)
    got = read_forward(call(NUMBER), order=0, simulated=False, heard=known)
    assert got.result is getattr(want, "result", None)
