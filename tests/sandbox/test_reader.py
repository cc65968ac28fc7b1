"""Whatever bytes a child sends, the reader gives domain values or says that they are garbled."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from judge.comparison import compare
from judge.domain.observation import Observation
from judge.domain.problem import Case, Problem
from judge.domain.report import as_json
from judge.domain.verdict import Ending, Fact
from judge.pipeline.assess import assess
from judge.pipeline.keys import Key
from judge.pipeline.reporting import case_report
from judge.sandbox.child.encode import Encoder
from judge.sandbox.frames import (
    read_fault,
    read_forward,
    read_gradient,
    read_loaded,
    read_source,
)
from judge.sandbox.heard import Heard
from judge.sandbox.job import RunId
from judge.sandbox.protocol import FORWARD, MAX_NODES, Status, Tag
from judge.sandbox.reader import Garbled, Reader
from tests.sandbox.small import build, case, text

READS: dict[str, Callable[[bytes], object]] = {
    "source": read_source,
    "loaded": read_loaded,
    "fault": read_fault,
    "forward": lambda data: read_forward(data, order=0, simulated=False),
    "simulated": lambda data: read_forward(data, order=0, simulated=True),
    "gradient": lambda data: read_gradient(data, order=0),
    "node": lambda data: Reader(data).node(),
    "JSON": lambda data: Reader(data).json_object(),
}
MOST_S = 2.0
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def only_garbled(read: Callable[[bytes], object], data: bytes) -> None:
    start = time.process_time()
    with suppress(Garbled):
        read(data)
    assert time.process_time() - start < MOST_S


def encoded(value: Any) -> bytes:  # noqa: ANN401  what an answer returns may be anything
    encoder = Encoder()
    encoder.node(value)
    return bytes(encoder.out)


def forward(value: Any, argument: Any = None) -> bytes:  # noqa: ANN401
    """Write a frame as an honest child would: one argument, a result, a state of two entries."""
    frame = Encoder()
    frame.count(1)
    frame.text("x")
    frame.node(argument)
    frame.node(value)
    frame.text("grad_mode=on\nrng_torch=on")
    frame.out += bytes(3)
    return FORWARD.pack(0, 0 if frame.whole else Status.PARTIAL, 0) + bytes(frame.out)


class Own:
    """A class of an answer's own."""


def values() -> list[Any]:
    x = torch.arange(6.0).reshape(2, 3)
    leaf = x.clone().requires_grad_()
    leaf.grad = torch.ones_like(x)
    module = torch.nn.Linear(2, 2)
    return [
        None, True, 7, -(10**40), 1.5, float("nan"), 2 + 3j, "text", b"bytes", Own(), Own,
        x, x.t(), x.bfloat16(), x.to(torch.complex64).conj(), x.bool(), leaf, x[:0], x[0, 0],
        torch.nn.Parameter(x), x.to_sparse(), torch.empty(2, device="meta"), x.expand(2, 2, 3),
        np.arange(4), np.float32(1.5), np.array("text"), module, torch.float32, torch.device("cpu"),
        [x, (x, [x])], {"a": x, 3: {"b": None}}, {1, 2}, torch.max(x, dim=0), x.shape,
    ]  # fmt: skip


VALUES = values()
FRAMES = [forward(value, argument) for value in VALUES for argument in (None, VALUES[11])]


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
@QUICK
@given(data=st.binary(max_size=400))
@example(data=b"")
@example(data=b"\xff" * 64)
@example(data=b"[" * 200_000)
@example(data=b'{"a":' * 50_000)
@example(data=b'{"a": 1' + b"0" * 5000 + b"}")
@example(data=bytes([0, 0, 0, 0, 0]) * 40)
def test_random_bytes_are_garbled_at_worst(read: Callable[[bytes], object], data: bytes) -> None:
    only_garbled(read, data)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Take an honest frame, and cut, change, insert, repeat or join parts of it."""
    frame = bytearray(draw(st.sampled_from(FRAMES)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(frame)))
        match draw(st.integers(0, 5)):
            case 0:
                frame[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case 1:
                frame[at : at + 4] = struct.pack("<I", draw(st.integers(0, 2**32 - 1)))
            case 2:
                frame[at : at + 8] = struct.pack("<q", draw(st.integers(-(2**63), 2**63 - 1)))
            case 3:
                frame[at:at] = draw(st.binary(max_size=16))
            case 4:
                del frame[at : at + draw(st.integers(1, 16))]
            case _:
                frame[at:] = draw(st.sampled_from(FRAMES))[at:]
    return bytes(frame)


@settings(QUICK, max_examples=600)
@given(data=mutated())
def test_a_mutated_frame_is_garbled_at_worst(data: bytes) -> None:
    only_garbled(READS["forward"], data)


@settings(QUICK, max_examples=400)
@given(data=mutated(), known=st.sampled_from(FRAMES))
def test_what_is_known_changes_nothing_of_what_is_read(data: bytes, known: bytes) -> None:
    heard = Heard.new()
    with suppress(Garbled):
        read_forward(known, order=0, simulated=False, heard=heard)
    texts = []
    for each in (Heard(), heard.noted()):
        try:
            texts.append(repr(read_forward(data, order=0, simulated=False, heard=each)))
        except Garbled as exc:
            texts.append(str(exc))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_what_comes_again_is_the_same_object_and_no_difference(value: object) -> None:
    frame, heard = forward(value, value), Heard.new()
    want = read_forward(frame, order=0, simulated=False, heard=heard)
    got = read_forward(frame, order=0, simulated=False, heard=heard.noted())
    assert got.state is want.state
    # What can't be looked into is read anew, and equals nothing.
    if got.result is want.result:
        assert got.arguments is want.arguments
        checks = frozenset(Fact) - {Fact.GRADIENT, Fact.OPERATIONS, Fact.FILES}
        again = read_forward(frame, order=0, simulated=False)
        for each in (got, again):
            assert compare(each, want=want, checks=checks) == ()


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_an_honest_frame_is_read_whole(value: object) -> None:
    seen = read_forward(forward(value, VALUES[11]), order=0, simulated=False)
    assert seen.ending is Ending.RETURNED
    assert dict(seen.arguments).keys() == {"x"}
    assert seen.state == (("grad_mode", "on"), ("rng_torch", "on"))


@pytest.mark.parametrize("length", range(0, 200, 7))
def test_a_frame_cut_short_is_garbled(length: int) -> None:
    frame = forward(VALUES[11], VALUES[11])
    with pytest.raises(Garbled):
        read_forward(frame[:length], order=0, simulated=False)


def test_a_frame_with_something_behind_it_is_garbled() -> None:
    with pytest.raises(Garbled):
        read_forward(forward(VALUES[11]) + b"\0", order=0, simulated=False)


def test_a_frame_of_another_run_is_garbled() -> None:
    with pytest.raises(Garbled):
        read_forward(forward(VALUES[11]), order=1, simulated=False)


def nested(depth: int) -> bytes:
    return (bytes([Tag.SEQUENCE]) + struct.pack("<I", 4) + b"list" + struct.pack("<I", 1)) * depth


def wide(count: int) -> bytes:
    head = bytes([Tag.SEQUENCE]) + struct.pack("<I", 4) + b"list" + struct.pack("<I", count)
    return head + bytes([Tag.NONE]) * count


@pytest.mark.parametrize("depth", [30, 1000, 100_000])
def test_a_tree_without_end_is_garbled(depth: int) -> None:
    with pytest.raises(Garbled):
        Reader(nested(depth) + bytes([Tag.NONE])).node()


def test_a_tree_of_more_nodes_than_are_sent_is_garbled() -> None:
    many = 2 * MAX_NODES
    with pytest.raises(Garbled):
        Reader(wide(many)).node()


def test_counts_beyond_what_follows_cost_nothing() -> None:
    start = time.process_time()
    for tag in (Tag.SEQUENCE, Tag.MAPPING, Tag.MODULE, Tag.STR, Tag.BYTES, Tag.INT):
        for count in (2**32 - 1, 2 * MAX_NODES, 40 << 20):
            with suppress(Garbled):
                Reader(bytes([tag]) + struct.pack("<II", 0, count)).node()
    assert time.process_time() - start < MOST_S


def problem() -> Problem:
    checks = frozenset(Fact) - {Fact.OUTPUT}
    shown = case("1", shown=True, name="shown")
    return build("read", "def f(x): ...", Case(text("hidden"), ("1",), checks=checks), shown)


PROBLEM = problem()


@settings(QUICK, max_examples=300)
@given(data=mutated(), want=st.sampled_from(FRAMES), which=st.integers(0, 1))
def test_whatever_the_reader_lets_through_makes_a_report(
    data: bytes, want: bytes, which: int
) -> None:
    """The comparison, the redaction and JSON have to take all that the reader takes."""
    try:
        seen = read_forward(data, order=0, simulated=False)
    except Garbled:
        return
    run = RunId(which, 0)
    key = Key("", {run: read_forward(want, order=0, simulated=False)})
    start = time.process_time()
    assert_reports(seen, run, key)
    assert time.process_time() - start < MOST_S


def assert_reports(seen: Observation, run: RunId, key: Key) -> None:
    assessment = assess(PROBLEM, run, got={run: seen}, want=key.observations)
    report = case_report(PROBLEM, run, assessment, key=key, alone=assessment)
    written = json.dumps(as_json(report), ensure_ascii=False, allow_nan=False)
    assert written.encode()
    assert len(written) < 100_000
