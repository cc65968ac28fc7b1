"""Four bytes that say that they are ten to the twelve numbers.

Tries: 2/45
Attacks: draws, tree
Expects: wrong_shape, wrong_type
"""

import torch


def f(x):
    return torch.zeros(1).expand(10**12)
