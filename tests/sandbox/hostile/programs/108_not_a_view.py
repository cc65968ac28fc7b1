"""A copy where a view is asked for.

Tries: 1/108
Attacks: memory
Expects: wrong_memory
"""

import torch


def f(x):
    return x.clone(), x.reshape(2, 2).clone(), torch.ones(2, 2)
