"""Fork, fork, fork.

Tries: 1/28, 2/77
Attacks: one
Expects: time_limit, runtime_error
"""

import os


def f(x):
    while True:
        try:
            os.fork()
        except OSError:
            pass
