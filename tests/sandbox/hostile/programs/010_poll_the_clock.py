"""Wait by looking at the clock, nearly without using time.

Tries: 1/10
Attacks: one
Expects: time_limit
"""

import time


def f(x):
    end = time.time() + 1000
    while time.time() < end:
        time.sleep(0.02)
    return x * 2 + 1
