"""Write at random addresses until something gives.

Tries: 1/100, 2/78
Attacks: one
Expects: runtime_error, time_limit
"""

import ctypes
import random


def f(x):
    base = id(x)
    while True:
        ctypes.memset(base + random.randrange(-1 << 22, 1 << 22) * 8, 255, 64)
