"""The forbidden function inside a module of torch that calls it.

Tries: 1/115, 2/72
Attacks: banned
Expects: forbidden
"""

import torch


def f(x):
    return torch.nn.Softmax(dim=0)(x)
