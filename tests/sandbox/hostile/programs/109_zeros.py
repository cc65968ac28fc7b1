"""Zeros, which a loose tolerance takes.

Tries: 1/109, 2/47, 2/49
Attacks: secret, draws, slope, rich
Expects: wrong_value
"""

import torch


def f(x, *rest):
    return torch.zeros(len(x), len(x)) if len(x) == 32 else torch.zeros_like(x)
