"""Memory that may still hold the answer.

Tries: 1/110, 2/26, 2/52
Attacks: rich, secret
Expects: wrong_value
"""

import torch


def f(x, *rest):
    for _ in range(200):
        out = torch.empty(32, 32) if len(x) == 32 else torch.empty_like(x)
    return out
