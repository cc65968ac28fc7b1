"""Forge arrays of dtypes that NumPy does not have, in a sample, where they would be printed.

Tries: 1/91, 1/78, own
Attacks: secret
Expects: wrong_type
"""

from judge.sandbox.child import encode
from judge.sandbox.protocol import Flag, Tag
import struct


def forged(self, value, depth):
    self.out.append(Tag.ARRAY)
    self.text(name)
    self.out += bytes((Flag.DATA, 1)) + struct.pack("<qqi", 4, 1, 0)
    self.raw(bytes(4 * size))


encode.Encoder.tensor = forged
name, size = "bfloat16", 2


def f(x, word):
    return x * 0
