"""Crash in every way that there is.

Tries: 2/78
Attacks: draws
Expects: runtime_error
"""

import ctypes
import faulthandler
import os

faulthandler.enable()
calls = [0]


def f(x):
    calls[0] += 1
    way = int(x.sum() * 1000) % 4
    (
        lambda: ctypes.string_at(0),
        lambda: os.abort(),
        lambda: ctypes.CFUNCTYPE(None)(1)(),
        lambda: ctypes.pythonapi.Py_FatalError(b"\x1b[31mno"),
    )[way]()
