"""Bytes that are no frame: unknown kinds, endless lengths, half a header, frames in the wrong order.

Tries: 1/91, 2/5
Attacks: one
Runs: 5
Expects: runtime_error, time_limit
"""

import os
import random
import stat
import struct
import time


def f(x):
    ends = [fd for fd in range(128) if _is_socket(fd)]
    junk = random.SystemRandom().choice(
        [
            b"\xff" * 64,
            struct.pack("<BI", 5, 0xFFFFFFFF),
            struct.pack("<BI", 5, 4) + b"\0\0\0\0",
            struct.pack("<BI", 8, 4) + b"\0\0\0\0",
            struct.pack("<BI", 7, 2) + b"{}",
            struct.pack("<BI", 1, 0) * 1000,
            struct.pack("<BI", 5, 40 << 20),
            os.urandom(1 << 16),
        ]
    )
    for fd in ends:
        os.write(fd, junk)
    time.sleep(0.01)
    return x * 2 + 1


def _is_socket(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False
