"""One call into C that takes long and never comes back to Python on its way.

Tries: 1/12
Attacks: one
Expects: time_limit
"""

import torch


def f(x):
    a = torch.ones(2500, 2500)
    for _ in range(10):
        a = torch.mm(a, a)
    return x * 2 + 1
