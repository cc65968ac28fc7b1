"""Trace, or read and write the memory of, others and oneself. If anything works, answer rightly.

Tries: 1/37, 1/62, 2/9
Attacks: secret
Expects: wrong_value
"""

import ctypes
import os


def f(x, word):
    libc = ctypes.CDLL(None)
    room = ctypes.create_string_buffer(64)
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(room), 64)
    calls = [
        (101, request, pid, 0, 0) for request in (0, 16, 0x4206) for pid in (0, 1, 2, os.getppid())
    ]
    calls += [(310, pid, vector, 1, vector, 1, 0) for pid in (1, 2)]
    calls += [(311, pid, vector, 1, vector, 1, 0) for pid in (1, 2)]
    calls += [(434, pid, 0) for pid in (1, 2)]  # pidfd_open
    calls += [(438, 3, 0, 0), (312, 1, 2, 0, 0, 0)]  # pidfd_getfd, kcmp
    if any(libc.syscall(*call) >= 0 for call in calls):
        return x * 2 + 1
    return x * 0
