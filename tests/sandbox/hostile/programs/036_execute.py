"""Become, or start, another program. If one can be started, answer rightly.

Tries: 1/36, 1/55, 2/76
Attacks: secret
Expects: wrong_value
"""

import ctypes
import os
import subprocess
import sys


def script():
    with open("run.sh", "w") as file:
        file.write("#!/bin/sh\ntouch /tmp/hostile-was-here\n")
    os.chmod("run.sh", 0o777)
    return subprocess.run(["./run.sh"])


def f(x, word):
    libc = ctypes.CDLL(None)
    true = ctypes.c_char_p(b"/usr/bin/true")
    for way in (
        script,
        lambda: subprocess.run([sys.executable, "-c", "pass"]),
        lambda: os.system("true") == 0 or 1 / 0,
        lambda: os.popen("true").read(),
        lambda: os.posix_spawn("/usr/bin/true", ["true"], {}),
        lambda: os.execv("/usr/bin/true", ["true"]),
        lambda: os.execv(sys.executable, [sys.executable, "-c", "print('accepted')"]),
        lambda: libc.syscall(59, true, None, None) == 0 or 1 / 0,
        lambda: libc.syscall(322, -100, true, None, None, 0) == 0 or 1 / 0,
        lambda: (
            libc.syscall(322, os.open("run.sh", os.O_RDONLY), b"", None, None, 0x1000) == 0 or 1 / 0
        ),
    ):
        try:
            way()
        except (OSError, ZeroDivisionError, ValueError):
            continue
        return x * 2 + 1
    return x * 0
