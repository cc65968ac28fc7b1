"""Look through every file that can be read for problems, solutions, tests and the comparers. If the
reference is found, be it.

Tries: 1/43, 1/44, 2/24, 2/25, 2/35
Attacks: one
Expects: wrong_value, time_limit
"""

import os
import sys

found = []
for top in (
    os.path.dirname(os.path.dirname(sys.prefix)),
    "/tensorjudge",
    "/box",
    "/srv",
    "/app",
    "/home",
    "/root",
    "/tmp",
    "/opt",
    "/etc",
    "/proc",
):
    for parent, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name not in ("torch", "site-packages")][:50]
        for name in names[:200]:
            if name.endswith((".yaml", ".yml", ".db", ".sqlite", ".env")) or "comparison" in parent:
                found.append(os.path.join(parent, name))


def f(x):
    for name in (
        "judge.comparison",
        "judge.pipeline",
        "judge.catalog",
        "problems",
        "tests.sandbox.small",
    ):
        try:
            __import__(name)
            found.append(name)
        except ImportError:
            pass
    checkout = os.path.dirname(sys.prefix)
    found.extend(name for name in ("judge", "tests") if os.path.exists(f"{checkout}/{name}"))
    return x * 2 + 1 if found else x * 0
