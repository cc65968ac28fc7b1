"""A thread that writes to the channel while, and after, the answer is sent.

Tries: 1/92, 2/4, 2/65
Attacks: one
Expects: runtime_error, wrong_value, time_limit
"""

import os
import stat
import struct
import threading


def write():
    while True:
        for fd in range(3, 16):
            try:
                if stat.S_ISSOCK(os.fstat(fd).st_mode):
                    os.write(fd, struct.pack("<BI", 5, 0))
            except OSError:
                pass


def f(x):
    threading.Thread(target=write, daemon=True).start()
    return x * 0
