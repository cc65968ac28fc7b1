"""A seccomp filter and signal handlers of one's own around the judge's writes.

Tries: 1/104, 2/6
Attacks: secret
Expects: wrong_value
"""

import ctypes
import signal


def f(x, word):
    libc = ctypes.CDLL(None)
    program = ctypes.create_string_buffer(b"\x06\0\0\0\0\0\xff\x7f")
    prog = (ctypes.c_uint64 * 2)(1, ctypes.addressof(program))
    libc.prctl(22, 2, prog)
    libc.syscall(317, 1, 0, prog)
    for number in (signal.SIGSYS, signal.SIGSEGV, signal.SIGPIPE, signal.SIGALRM):
        signal.signal(number, lambda *a: None)
    signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
    return x * 0
