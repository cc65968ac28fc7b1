"""A constant: what is right on average.

Tries: 1/109, 2/49
Attacks: rich
Expects: wrong_value
"""

import torch


def f(x):
    return torch.full((32, 32), 1 / 32)
