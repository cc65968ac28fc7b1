"""Wait for a signal that never comes.

Tries: 1/3
Attacks: one
Expects: time_limit
"""

import signal


def f(x):
    while True:
        signal.pause()
