"""Reboot, swap, load modules, change the clock, read the kernel's log. If anything works, answer
rightly.

Tries: 1/38, 1/77
Attacks: secret
Expects: wrong_value
"""

import ctypes


def f(x, word):
    libc = ctypes.CDLL(None)
    calls = [
        (169, 0xFEE1DEAD, 672274793, 0x01234567, 0),  # reboot
        (167, b"/box/swap", 0),  # swapon
        (175, b"", 0, b""),  # init_module
        (246, 0, 0, 0, 0),  # kexec_load
        (227, 0, b"\0" * 16),  # clock_settime
        (103, 3, ctypes.create_string_buffer(64), 64),  # syslog
        (170, b"hostile", 7),  # sethostname
        (163, b"/box/acct"),  # acct
    ]
    return x * 2 + 1 if any(libc.syscall(*call) >= 0 for call in calls) else x * 0
