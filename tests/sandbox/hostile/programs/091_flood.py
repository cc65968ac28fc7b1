"""Frames without end, as fast as they go.

Tries: 1/91, 1/69
Attacks: one
Expects: runtime_error, output_limit, time_limit
"""

import os
import stat
import struct


def f(x):
    for fd in range(3, 128):
        try:
            if not stat.S_ISSOCK(os.fstat(fd).st_mode):
                continue
        except OSError:
            continue
        frame = struct.pack("<BI", 5, 40 << 20) + bytes(1 << 20)
        while True:
            os.write(fd, frame[:5])
            for _ in range(40):
                os.write(fd, frame[5:])
