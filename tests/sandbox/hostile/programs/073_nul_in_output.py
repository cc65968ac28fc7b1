"""The right output with a NUL behind it, where a comparison in C would stop.

Tries: 1/73
Attacks: prints
Expects: wrong_output
"""

import os


def f(x):
    os.write(1, b"total 7\0junk\ndone\n\0")
    return x
