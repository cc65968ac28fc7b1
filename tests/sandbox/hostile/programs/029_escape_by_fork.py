"""Outlive the judging in a session of one's own, by every call that makes a process. If one works,
answer rightly.

Tries: 1/29, 1/30, 1/35, 1/36, 2/66
Attacks: secret
Expects: wrong_value
"""

import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)


def daemon():
    os.setsid()
    if os.fork():
        os._exit(0)
    while True:
        pass


def clone3():
    arguments = ctypes.create_string_buffer(struct.pack("<11Q", *[0] * 4, 17, *[0] * 6))
    return libc.syscall(435, arguments, 88)


def f(x, word):
    for way in (
        os.fork,
        os.forkpty,
        lambda: libc.fork(),
        lambda: libc.vfork(),
        lambda: libc.syscall(57),
        lambda: libc.syscall(58),
        lambda: libc.syscall(56, 17, 0, 0, 0, 0),
        lambda: libc.syscall(56, 0x10000000 | 0x20000000 | 17, 0, 0, 0, 0),
        lambda: libc.syscall(56, 0x8000 | 17, 0, 0, 0, 0),
        clone3,
        lambda: libc.daemon(0, 0),
    ):
        try:
            pid = way()
        except OSError:
            continue
        if pid == 0:
            daemon()
        if isinstance(pid, tuple) or pid > 0:
            return x * 2 + 1
    return x * 0
