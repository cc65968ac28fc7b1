"""Write everywhere. If anything can be written outside of one's own directory, answer rightly.

Tries: 1/54, 1/65, 1/66
Attacks: secret
Expects: wrong_value
"""

import os
import sys


def f(x, word):
    folders = [
        "/",
        "/tmp",
        "/var/tmp",
        "/dev",
        "/dev/shm",
        "/etc",
        "/usr/lib",
        "/tensorjudge/judge",
        "/tensorjudge/judge/sandbox/child",
        "/root",
        "/home",
        sys.prefix,
        os.path.dirname(sys.prefix),
        "/run",
        os.path.dirname(os.__file__),
        *sys.path,
    ]
    for folder in folders:
        for way in (
            lambda: open(os.path.join(folder, "hostile-was-here"), "w").write("x"),
            lambda: os.mkdir(os.path.join(folder, "hostile-was-here")),
            lambda: os.symlink("/", os.path.join(folder, "hostile-was-here")),
            lambda: os.rename(folder, folder + "hostile-was-here"),
            lambda: os.chmod(folder, 0o777) if folder else 1 / 0,
            lambda: os.utime(folder) if folder else 1 / 0,
        ):
            try:
                way()
            except (OSError, ZeroDivisionError):
                continue
            return x * 2 + 1
    for path in (os.__file__, sys.executable, sys.modules["torch"].__file__):
        for way in (lambda: open(path, "a"), lambda: os.truncate(path, 0), lambda: os.unlink(path)):
            try:
                way()
            except OSError:
                continue
            return x * 2 + 1
    return x * 0
