"""Two results that are one.

Tries: 1/108, 2/53
Attacks: memory
Expects: wrong_memory
"""

import torch


def f(x):
    copy = torch.cat([x, torch.ones(4)])
    return copy[:4], x.view(2, 2), copy[4:].view(2, 2)
