"""Wait for descriptors that never become ready.

Tries: 1/4
Attacks: one
Expects: time_limit
"""

import select


def f(x):
    select.select([], [], [])
