"""What each frame means: from checked bytes to the parts of an observation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from judge.domain.observation import Gradient, Node, Observation, Raised, ScalarNode, Usage
from judge.domain.verdict import Ending
from judge.sandbox.heard import UNHEARD, Heard
from judge.sandbox.protocol import FORWARD, GRADIENT, MAX_CALL_NAMES, Status
from judge.sandbox.reader import Garbled, Reader


class StopKind(StrEnum):
    """Why no case of an answer could be run."""

    SYNTAX = "syntax"
    TOO_DEEP = "too_deep"
    FORBIDDEN = "forbidden"
    IMPORT_RAISED = "import_raised"
    MISSING = "missing"
    NOT_CALLABLE = "not_callable"
    ENDED = "ended"
    """It timed out, used too much, or died before its first call: see ``observation``."""


@dataclass(frozen=True, slots=True)
class SourceSpot:
    """A place in the answer; ``line`` and ``column`` count from 1."""

    line: int
    column: int
    rule: str
    what: str


@dataclass(frozen=True, slots=True)
class Stop:
    """What keeps an answer from being run at all."""

    kind: StopKind
    detail: str = ""
    spots: tuple[SourceSpot, ...] = ()
    raised: Raised | None = None
    observation: Observation | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """The author's inputs could not be made.

    ``order`` is the run whose inputs they were, -1 for ``given`` or where it is not known because
    the process ended; then ``ended`` says how.
    """

    order: int
    raised: Raised
    ended: Observation | None = None


Named = tuple[tuple[str, Node], ...]

MAX_STATE_LINES = 64
_ALL_STATUS = int(Status.RAISED | Status.PARTIAL | Status.UNCHANGED)
_NO_USAGE = Usage()
_SOURCE = {1: StopKind.SYNTAX, 2: StopKind.TOO_DEEP, 3: StopKind.FORBIDDEN}
_LOADED = {1: StopKind.IMPORT_RAISED, 2: StopKind.MISSING, 3: StopKind.NOT_CALLABLE}


def read_source(data: bytes) -> Stop | frozenset[str]:
    """Read a SOURCE frame: why the answer can't be loaded, or which required names it uses."""
    reader = Reader(data)
    status = reader.byte()
    if status == 0:
        uses = _names(reader)
        reader.end()
        return uses
    if status not in _SOURCE:
        raise Garbled("no such status")
    detail = reader.text()
    spots = tuple(
        SourceSpot(reader.number(), reader.number(), reader.text(), reader.text())
        for _ in range(reader.count())
    )
    reader.end()
    return Stop(_SOURCE[status], detail, spots)


def read_loaded(data: bytes) -> Stop | None:
    """Read a LOADED frame."""
    reader = Reader(data)
    status = reader.byte()
    if status and status not in _LOADED:
        raise Garbled("no such status")
    raised = reader.raised() if status == 1 else None
    reader.end()
    return Stop(_LOADED[status], raised=raised) if status else None


def read_fault(data: bytes) -> Fault:
    """Read a FAULT frame."""
    reader = Reader(data)
    order = reader.number() - 1
    return Fault(order, reader.raised())


class Head(NamedTuple):
    """How a frame of a run begins: its status, its inputs (from an author), and all the rest."""

    status: int
    inputs: bytes
    body: bytes


def forward_head(data: bytes, *, order: int) -> Head:
    """Read the beginning of a FORWARD frame; see ``read_forward``."""
    if len(data) < FORWARD.size:
        raise Garbled("cut short")
    place, status, size = FORWARD.unpack_from(data)
    body = FORWARD.size + size
    if place != order or body > len(data) or status & ~_ALL_STATUS:
        raise Garbled("out of order, cut short, or of no such status")
    return Head(status, data[FORWARD.size : body], data[body:])


def gradient_head(data: bytes, *, order: int) -> Head:
    """Read the beginning of a GRADIENT frame; see ``read_gradient``."""
    if len(data) < GRADIENT.size:
        raise Garbled("cut short")
    place, status = GRADIENT.unpack_from(data)
    if place != order or status & ~_ALL_STATUS:
        raise Garbled("out of order, or of no such status")
    return Head(status, b"", data[GRADIENT.size :])


def read_forward(
    data: bytes,
    *,
    order: int,
    simulated: bool,
    printed: tuple[bytes, bytes] = (b"", b""),
    usage: Usage = _NO_USAGE,
    heard: Heard = UNHEARD,
) -> Observation:
    """Read a FORWARD frame.

    Args:
        data: the frame.
        order: the place of its run in the job.
        simulated: whether the run stood in for a device.
        printed: (stdout, stderr), seen from outside.
        usage: seen from outside, too.
        heard: what is known of this run, or takes it in.
    """
    head = forward_head(data, order=order)
    reader = Reader(head.body)
    raised = reader.raised() if head.status & Status.RAISED else None
    arguments = heard.arguments.read(reader, Reader.named_nodes)
    inputs = _inputs(head, arguments)
    result = None if raised is not None else heard.result.read(reader, Reader.node)
    state = heard.state.read(reader, _state)
    files = reader.named_nodes() if reader.byte() else None
    operations = _counts(reader) if reader.byte() else None
    calls = _names(reader) if reader.byte() else None
    reader.end()
    return Observation(
        ending=Ending.RETURNED if raised is None else Ending.RAISED,
        raised=raised,
        result=result,
        arguments=arguments,
        inputs=inputs,
        state=state,
        files=files,
        operations=operations,
        calls=calls,
        output=printed[0],
        errors=printed[1],
        simulated=simulated,
        usage=usage,
    )


def _inputs(head: Head, arguments: Named) -> Named:
    """Read what the arguments were before the call; most often just that they are unchanged."""
    if head.status & Status.UNCHANGED:
        return arguments
    if not head.inputs:
        return ()
    reader = Reader(head.inputs)
    found = reader.named_nodes()
    reader.end()
    return found


def _state(reader: Reader) -> tuple[tuple[str, str], ...]:
    text = reader.text()
    lines = (line.partition("=") for line in text.split("\n", MAX_STATE_LINES) if line)
    return tuple((name, value) for name, _, value in lines)


def _counts(reader: Reader) -> tuple[tuple[str, int], ...]:
    return tuple((reader.text(), reader.number()) for _ in range(reader.count()))


def _names(reader: Reader) -> frozenset[str]:
    count = reader.count()
    if count > MAX_CALL_NAMES + 1:
        raise Garbled("too many names")
    return frozenset(reader.text() for _ in range(count))


def read_gradient(
    data: bytes, *, order: int, heard: Heard = UNHEARD
) -> tuple[Gradient, ...] | Raised:
    """Read a GRADIENT frame: the gradients, or what the backward pass raised."""
    head = gradient_head(data, order=order)
    reader = Reader(head.body)
    if head.status & Status.RAISED:
        raised = reader.raised()
        reader.end()
        return raised
    found = heard.gradients.read(reader, _gradients)
    reader.end()
    return found


def _gradients(reader: Reader) -> tuple[Gradient, ...]:
    found = []
    for path, node in reader.named_nodes():
        absent = isinstance(node, ScalarNode) and node.kind == "NoneType"
        found.append(Gradient(path, None if absent else node))
    return tuple(found)
