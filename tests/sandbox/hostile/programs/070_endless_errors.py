"""Print to the other stream for ever, past Python.

Tries: 1/70
Attacks: one
Expects: output_limit
"""

import os


def f(x):
    while True:
        os.write(2, b"x" * 4096)
