"""Sleep for longer than anybody waits.

Tries: 1/2
Attacks: one
Expects: time_limit
"""

import time


def f(x):
    time.sleep(1000)
    return x * 2 + 1
