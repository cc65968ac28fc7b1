"""Aliases where copies are asked for, one tensor twice, copies where views are.

Tries: 1/108, 2/53
Attacks: memory
Expects: wrong_memory
"""

import torch


def f(x):
    return x, x.view(2, 2), torch.ones(2, 2)
