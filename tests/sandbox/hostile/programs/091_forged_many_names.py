"""Forge a result of as many, and as long, names as a frame holds.

Tries: 1/91, 1/78, own
Attacks: roomy
Expects: wrong_type, runtime_error, output_limit, time_limit
"""

import struct

from judge.sandbox.child import encode
from judge.sandbox.protocol import Tag


def forged(self, value, depth):
    self.out.append(Tag.MAPPING)
    self.text("dict")
    self.count(200)
    for index in range(200):
        self.out.append(Tag.STR)
        self.text(f"{index}" + "\u202e" * 20000)
        self.out.append(Tag.NONE)


encode.Encoder.tensor = forged


def f(x):
    return x * 0
