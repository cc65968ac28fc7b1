"""Forge scalars that no number is: huge, not a number, a bool of 2, a float8.

Tries: 1/91, 1/78, own
Attacks: secret
Expects: wrong_type, runtime_error
"""

from judge.sandbox.child import encode
from judge.sandbox.protocol import Tag
import struct


def forged(self, value, depth):
    self.out.append(Tag.SEQUENCE)
    self.text("list")
    self.count(6)
    self.out.append(Tag.INT)
    self.raw(b"\x7f" * 60000)
    self.out.append(Tag.FLOAT)
    self.out += b"\xff" * 8
    self.out.append(Tag.COMPLEX)
    self.out += b"\x7f\xf0\0\0\0\0\0\x01" * 2
    for name, data in (("bool", b"\2"), ("float16", b"\xff\xff"), ("complex64", b"\xff" * 8)):
        self.out.append(Tag.NUMPY_SCALAR)
        self.text(name)
        self.raw(data)


encode.Encoder.tensor = forged


def f(x, word):
    return x * 0
