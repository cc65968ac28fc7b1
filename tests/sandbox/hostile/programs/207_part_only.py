"""Compute a part and leave the rest.

Tries: 2/50, 2/49
Attacks: rich
Expects: wrong_value
"""

import torch


def f(x):
    out = torch.zeros(32, 32)
    out[:16] = torch.outer(x[:16], x).softmax(dim=-1)
    return out
