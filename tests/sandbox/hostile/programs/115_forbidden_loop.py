"""A forbidden loop dressed as a comprehension.

Tries: 1/115, 2/71
Attacks: banned
Expects: forbidden
"""

import torch


def f(x):
    e = torch.stack([value.exp() for value in x])
    return e / e.sum()
