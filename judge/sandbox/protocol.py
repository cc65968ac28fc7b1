"""What both sides of the wall agree on: message kinds, node tags, caps. Standard library only.

Frames from a child: ``kind`` (u8), ``length`` (u32), then ``length`` bytes; all little-endian.
Messages to a child: ``length`` (u32), then JSON. Text is UTF-8 behind its length in bytes (u32).
Messages to the zygote, on a socket that keeps their borders: a ``Wish`` (u8), and what it needs.
A child rings its bell, an eventfd, where somebody waits for what it has sent: ``child/channel.py``
says when.
"""

from __future__ import annotations

import struct
from enum import IntEnum

HEADER = struct.Struct("<BI")
LENGTH = struct.Struct("<I")
COTANGENT = struct.Struct("<Q")
"""What a student's child is told once its forward result is out: the seed of the cotangent."""


class FrameKind(IntEnum):
    """What a child says."""

    READY = 1  # confined, waiting for its job
    PREPARED = 2  # the inputs of all runs are made
    SOURCE = 3  # the answer is well formed, or why not; sent before a line of it has run
    LOADED = 4  # the answer's module has run, or what it raised
    FORWARD = 5  # one call: everything but its gradients
    GRADIENT = 6  # the gradients for the cotangent
    DONE = 7  # stage times; for authors also the modules that were imported
    FAULT = 8  # the author's inputs could not be made


class Wish(IntEnum):
    """What the worker wants of the zygote, and with which answer; modules go as JSON."""

    PRELOAD = 1  # a list of modules; those that could not be imported
    SETTLE = 2  # LENGTH, the number of its threads
    SPAWN = 3  # whether to rehearse (u8), CHILDS_FDS; BORN and a pidfd, or only why not
    REAP = 4  # LENGTH for each child; DEAD for each that is gone


BORN = struct.Struct("<Id")
"""A child's number among the zygote's, and how many seconds its clone took."""
DEAD = struct.Struct("<IBidQ")
"""Its number, the signal (0: none), the exit code, CPU seconds, most resident bytes."""
CHILDS_FDS = 4
"""What a child talks through: its stdout, its stderr, its channel, its bell."""


FORWARD = struct.Struct("<IBI")
"""How a FORWARD frame begins: the run's place in its job, its ``Status``, the bytes of its inputs.

Then the inputs, for authors, if the call has changed them; then what came of the call.
"""
GRADIENT = struct.Struct("<IB")
"""How a GRADIENT frame begins: the place, the ``Status``. Then the gradients."""


class Status(IntEnum):
    """What is known of a frame before it is read; bits."""

    RAISED = 1
    PARTIAL = 2  # something was not looked into, or too large to send
    UNCHANGED = 4  # the inputs were what the arguments are


class Tag(IntEnum):
    """What kind of node follows."""

    NONE = 0
    FALSE = 1
    TRUE = 2
    INT = 3
    FLOAT = 4
    COMPLEX = 5
    STR = 6
    BYTES = 7
    NUMPY_SCALAR = 8
    TENSOR = 9
    ARRAY = 10
    SEQUENCE = 11
    MAPPING = 12
    MODULE = 13
    SYMBOL = 14
    OPAQUE = 15


class Flag(IntEnum):
    """Bits of a tensor's or an array's flag byte."""

    REQUIRES_GRAD = 1
    LEAF = 2
    PARAMETER = 4
    DATA = 8
    OMITTED = 16
    GRAD = 32


ITEM_BYTES = {
    "bool": 1,
    "uint8": 1,
    "int8": 1,
    "uint16": 2,
    "int16": 2,
    "uint32": 4,
    "int32": 4,
    "uint64": 8,
    "int64": 8,
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex32": 4,
    "complex64": 8,
    "complex128": 16,
    "float8_e4m3fn": 1,
    "float8_e5m2": 1,
}
"""The dtypes that are looked into, and the size of an element. Others are opaque."""

DTYPES = tuple(ITEM_BYTES)

REASONS = (
    "unknown",
    "subclass",
    "layout",
    "device",
    "too_deep",
    "too_many",
    "too_large",
    "unreadable",
)
"""Why a node is opaque, by its number on the wire."""

MAX_DEPTH = 24
MAX_NODES = 4096
MAX_DIMENSIONS = 64
MAX_TENSOR_BYTES = 16 << 20
"""One tensor's data; a larger one is sent without."""
MAX_FRAME_BYTES = 48 << 20
MAX_DONE_BYTES = 512 << 10
"""Names of modules, and times; 4000 of torch's longest names are 400 kB."""
MAX_SMALL_FRAME_BYTES = 128 << 10
"""All other frames: an exception, or twenty places in the source."""
MAX_TEXT_BYTES = 64 << 10
MAX_RUN_BYTES = 256 << 20
"""All frames of one child together."""
MAX_FILES = 64
MAX_TRACEBACK_FRAMES = 24
MAX_CALL_NAMES = 2048

MAX_SOURCE_BYTES = 256 << 10
"""A student's file. The longest in the course is under 4 kB."""

WORK = "/box"
"""A run's own directory inside the walls: a private tmpfs, gone with the run."""
WORK_BYTES = 64 << 20
WORK_INODES = 2048

ANSWER = "answer.py"
"""What the student's file is called inside; its frames are the only ones a traceback shows."""
MODULE = "answer"
"""The module that ``given`` and the answer run in, so that pickled classes have a stable home."""
