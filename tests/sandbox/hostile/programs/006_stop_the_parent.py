"""Stop the fork server, so that nobody is judged any more.

Tries: 1/6, 1/32, 1/34
Attacks: secret
Expects: wrong_value
"""

import ctypes
import os
import signal


def f(x, word):
    libc = ctypes.CDLL(None)
    for pid in (os.getppid(), 0, 1, 2, 3, -1):
        for number in (signal.SIGSTOP, signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM):
            try:
                os.kill(pid, number)
            except OSError:
                pass
            libc.syscall(62, pid, number)  # kill
            libc.syscall(200, pid, number)  # tkill
            if pid != 1:
                libc.syscall(234, pid, pid, number)  # tgkill
            libc.syscall(129, pid, number, 0)  # rt_sigqueueinfo
            libc.syscall(424, pid, number, 0, 0)  # pidfd_send_signal
    return x * 0
