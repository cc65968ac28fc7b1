"""What is said as the reference said it is not read; and read or not, it means the same."""

from __future__ import annotations

import dataclasses

import pytest

from judge.comparison import compare
from judge.domain.observation import Observation, Raised, ScalarNode, Usage
from judge.domain.verdict import Ending, Fact
from judge.errors import SandboxError
from judge.sandbox.conversation import FrameIn
from judge.sandbox.hearing import Hearing
from judge.sandbox.protocol import FrameKind, Status
from judge.sandbox.reader import Garbled
from judge.sandbox.recorded import Recorded
from tests.unit.sandbox import wire
from tests.unit.sandbox.talks import runs

X = wire.tensor("float32", (2,), bytes(8))
Y = wire.tensor("float32", (2,), b"\0\0\x80?" * 2)
ODD = wire.opaque("Odd", "unknown")


def said(kind: FrameKind, data: bytes, output: bytes = b"") -> FrameIn:
    return FrameIn(kind, data, output, b"", Usage(cpu_s=1.0, wall_s=2.0))


def heard(
    call: bytes,
    slope: bytes | None = None,
    *,
    known: Observation | None = None,
    output: bytes = b"",
    order: int = 0,
) -> Observation:
    """Hear one run: an author's where nothing is known, else a student's."""
    checks = () if slope is None else (Fact.GRADIENT,)
    (run,) = runs(1, *checks)
    hearing = Hearing(order, run, known=known, author=known is None, lines=2)
    hearing.call(said(FrameKind.FORWARD, call, output))
    assert hearing.goes_on is (slope is not None)
    if slope is not None:
        hearing.slope(said(FrameKind.GRADIENT, slope))
    return hearing.observation(peak_bytes=5)


def call(node: bytes = X, *, order: int = 0, status: int = 0) -> bytes:
    arguments = (("x", X),)
    return wire.forward(order, node, arguments=arguments, state="grad_mode=on", status=status)


def slope(node: bytes = X, *, order: int = 0, status: int = 0) -> bytes:
    return wire.gradient(order, ("x", node), status=status)


def unread(seen: Observation) -> bool:
    try:
        object.__getattribute__(seen, "result")
    except AttributeError:
        return True
    return False


def test_an_answer_that_says_the_same_is_not_read_and_right() -> None:
    key = heard(call(status=Status.UNCHANGED), slope())
    got = heard(call(order=3), slope(order=3), known=key, output=b"hello", order=3)
    assert compare(got, want=key, checks=frozenset(Fact) - {Fact.OUTPUT, Fact.OPERATIONS}) == ()
    assert unread(key)
    assert unread(got)
    assert (got.output, got.usage) == (b"hello", Usage(2.0, 4.0, 5))


def test_once_asked_for_it_is_all_there() -> None:
    key = heard(call(status=Status.UNCHANGED), slope())
    assert isinstance(key, Recorded)
    assert key.ending is Ending.RETURNED
    assert key.result == key.arguments[0][1]
    assert key.inputs is key.arguments
    assert key.state == (("grad_mode", "on"),)
    assert key.gradients is not None
    assert key.gradients[0].value == key.result
    assert (key.files, key.operations, key.calls, key.raised) == (None, None, None, None)


def test_what_was_printed_still_counts() -> None:
    key = heard(call(), output=b"a")
    got = heard(call(), known=key, output=b"b")
    (found,) = compare(got, want=key, checks=frozenset({Fact.OUTPUT}))
    assert found.fact is Fact.OUTPUT


@pytest.mark.parametrize(
    ("other", "fact"),
    [((call(Y), slope()), Fact.VALUE), ((call(), slope(Y)), Fact.GRADIENT)],
)
def test_an_answer_that_says_something_else_is_read_and_compared(
    other: tuple[bytes, bytes], fact: Fact
) -> None:
    key = heard(call(), slope())
    got = heard(*other, known=key)
    assert not unread(got)
    (found,) = compare(got, want=key, checks=frozenset({Fact.GRADIENT}))
    assert found.fact is fact


def test_parts_that_are_the_same_are_the_same_objects() -> None:
    key = heard(call(), slope())
    got = heard(call(), slope(Y), known=key)
    assert got.result is key.result
    assert got.arguments is key.arguments


def test_what_is_not_whole_is_read_at_once_and_never_taken_for_the_same() -> None:
    partial = call(ODD, status=Status.PARTIAL)
    key = heard(partial)
    got = heard(partial, known=key)
    assert key.origin is None
    assert not unread(key)
    assert got.result is not key.result


def test_a_liar_who_calls_the_same_partial_is_read() -> None:
    key = heard(call())
    got = heard(call(status=Status.PARTIAL), known=key)
    assert not unread(got)
    assert compare(got, want=key, checks=frozenset()) == ()


def test_gradients_that_are_not_whole_have_their_call_read_too() -> None:
    key = heard(call(), slope(ODD, status=Status.PARTIAL))
    assert key.origin is None
    assert key.result is not None
    assert key.gradients is not None


def test_a_backward_pass_that_raised_is_told() -> None:
    key = heard(call(), slope())
    raised = wire.u32(0) + bytes((Status.RAISED,)) + wire.raised("RuntimeError")
    got = heard(call(), raised, known=key)
    assert got.gradient_error == Raised(("RuntimeError",), "", ())


def test_a_call_that_raised_has_no_gradients_to_wait_for() -> None:
    (run,) = runs(1, Fact.GRADIENT)
    hearing = Hearing(0, run, known=None, author=True, lines=2)
    hearing.call(said(FrameKind.FORWARD, wire.forward(0, error=wire.raised("KeyError"))))
    assert not hearing.goes_on
    assert hearing.observation(peak_bytes=0).ending is Ending.RAISED


def test_what_an_author_s_run_sent_and_can_t_be_read_is_our_fault_once_asked_for() -> None:
    key = heard(wire.forward(0, b"\xff"))
    with pytest.raises(SandboxError, match="can't be read"):
        _ = key.result


def test_what_an_answer_sent_and_can_t_be_read_is_garbled_at_once() -> None:
    key = heard(call())
    with pytest.raises(Garbled):
        heard(wire.forward(0, b"\xff"), known=key)


def test_a_changed_copy_is_of_no_origin() -> None:
    key = heard(call())
    changed = dataclasses.replace(key, result=ScalarNode("int", 1))
    assert changed.origin is None
    assert compare(changed, want=key, checks=frozenset())


def test_there_is_nothing_else_to_ask_for() -> None:
    key = heard(call())
    with pytest.raises(AttributeError):
        _ = key.odd  # type: ignore[attr-defined]
