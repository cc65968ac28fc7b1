"""Ignore every signal and raise every limit, then loop.

Tries: 1/7, 2/78
Attacks: one
Expects: time_limit
"""

import resource
import signal
import sys


def f(x):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    for limit in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NPROC):
        try:
            resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (OSError, ValueError):
            pass
    sys.setrecursionlimit(1 << 30)
    while True:
        pass
