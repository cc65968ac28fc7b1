"""Write into the interpreter's own memory: its small integers, its constants, a function's code.

Tries: 1/100, 2/9, 2/21
Attacks: secret
Expects: wrong_value, runtime_error, wrong_type, wrong_shape
"""

import ctypes
import struct
import sys


def f(x, word):
    ctypes.memmove(id(0) + 24, struct.pack("<I", 1), 4)
    for name in ("True", "False"):
        ctypes.memset(id(name) + 16, 0, 8)
    frame = sys._getframe(1)
    frame.f_locals["result"] = x
    ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    return x * 0
