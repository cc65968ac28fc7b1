"""Forge tensors whose shapes, strides and offsets no memory holds.

Tries: 1/91, 2/45, 2/46
Attacks: secret
Expects: wrong_shape, runtime_error
"""

from judge.sandbox.child import encode
from judge.sandbox.protocol import Flag, Tag
import struct

TURN = [0]
SHAPES = [(-1, -4), (1 << 62,) * 60, (0, 1 << 62), (1,) * 64, (1 << 62, 0, 1 << 62)]


def forged(self, value, depth):
    shape = SHAPES[TURN[0] % len(SHAPES)]
    TURN[0] += 1
    self.out.append(Tag.TENSOR)
    self.text("cpu\0\x1b" * 100)
    flags = Flag.DATA if 0 in shape else 0
    self.out += struct.pack("<BBB", 13, flags, len(shape))
    self.out += struct.pack(f"<{2 * len(shape)}q", *shape, *[-(1 << 63)] * len(shape))
    self.out += struct.pack("<qi", -(1 << 63), -(1 << 31))
    if flags:
        self.raw(b"")


encode.Encoder.tensor = forged


def f(x, word):
    return x * 0
