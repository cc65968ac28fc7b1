"""The forbidden function as a default argument, a decorator's, a partial's.

Tries: 1/115, 2/71
Attacks: banned
Expects: forbidden
"""

import functools
import torch


def f(x, g=vars(torch)["softmax"]):
    return functools.partial(g, dim=0)(x)
