"""Hang before the function is even defined.

Tries: 1/13, 2/67
Attacks: one
Expects: time_limit
"""

while True:
    pass


def f(x):
    return x * 2 + 1
