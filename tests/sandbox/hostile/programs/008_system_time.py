"""Burn the kernel's time instead of one's own.

Tries: 1/8
Attacks: one
Expects: time_limit
"""

import os


def f(x):
    fd = os.open("/dev/urandom", os.O_RDONLY)
    while True:
        os.read(fd, 1 << 20)
