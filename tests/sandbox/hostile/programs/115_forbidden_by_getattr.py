"""The forbidden function by a name that is put together.

Tries: 1/115, 2/71
Attacks: banned
Expects: forbidden
"""

import torch


def f(x):
    return getattr(torch, "soft" + "max")(x, 0)
