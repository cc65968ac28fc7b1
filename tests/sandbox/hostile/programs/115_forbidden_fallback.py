"""The forbidden function only where all else fails, which it does.

Tries: 1/115, 2/36
Attacks: banned
Expects: forbidden
"""

import contextlib
import torch


def f(x):
    with contextlib.suppress(Exception):
        raise ValueError
    return torch.Tensor.softmax(x, 0)
