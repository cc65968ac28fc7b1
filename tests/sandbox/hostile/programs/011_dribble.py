"""Print a little, for ever, so that something always seems to happen.

Tries: 1/11
Attacks: one
Expects: time_limit
"""

import time


def f(x):
    while True:
        print(".", end="", flush=True)
        time.sleep(0.02)
