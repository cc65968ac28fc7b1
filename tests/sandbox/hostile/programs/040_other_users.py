"""Become somebody else. If it works, answer rightly.

Tries: 1/40
Attacks: secret
Expects: wrong_value
"""

import ctypes
import os


def f(x, word):
    worked = []
    for way in (
        lambda: os.setuid(0),
        lambda: os.setgid(0),
        lambda: os.setresuid(0, 0, 0),
        lambda: os.setgroups([0]),
        lambda: os.seteuid(65534),
        lambda: os.chown(".", 0, 0),
    ):
        try:
            way()
            worked.append(way)
        except OSError:
            pass
    libc = ctypes.CDLL(None)
    header, data = ctypes.create_string_buffer(b"\x22\x05\x08\x20" + bytes(4)), bytes([255] * 24)
    calls = [
        (126, header, data),
        (157, 8, 1, 0, 0),
        (157, 47, 2, 21, 0),
        (272, 0x10000000),
        (308, 3, 0),
    ]
    worked += [call for call in calls if libc.syscall(*call) >= 0]
    return x * 2 + 1 if worked or os.geteuid() == 0 else x * 0
