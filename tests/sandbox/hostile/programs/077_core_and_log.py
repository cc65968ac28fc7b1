"""Crash with a core file, after filling the system's log.

Tries: 1/77
Attacks: secret
Expects: runtime_error
"""

import os
import syslog


def f(x, word):
    for _ in range(100):
        syslog.syslog("hostile-was-here")
    os.abort()
