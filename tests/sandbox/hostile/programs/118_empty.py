"""Nothing, where something is expected.

Tries: 2/46
Attacks: secret, draws
Expects: wrong_shape
"""

import torch


def f(x, *rest):
    return torch.empty(0)
