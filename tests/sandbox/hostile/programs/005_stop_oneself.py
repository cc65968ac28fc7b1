"""Stop this process, so that it neither ends nor uses time; where that is refused, answer wrongly.

Tries: 1/5
Attacks: secret
Expects: wrong_value, time_limit
"""

import ctypes
import os
import signal
import threading


def f(x, word):
    for stop in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN):
        for way in (
            lambda: os.kill(os.getpid(), stop),
            lambda: signal.raise_signal(stop),
            lambda: signal.pthread_kill(threading.get_ident(), stop),
            lambda: ctypes.CDLL(None).raise_(stop),
        ):
            try:
                way()
            except (OSError, AttributeError):
                pass
    return x * 0
