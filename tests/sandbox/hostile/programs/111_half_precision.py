"""Compute in half precision and hand back single.

Tries: 1/111, 2/51
Attacks: secret, rich, slope
Expects: wrong_value
"""

import torch


def f(x, *rest):
    y = x.bfloat16()
    if rest:
        return (y * 2 + 1).float()
    if len(x) == 32:
        return torch.outer(y, y).softmax(dim=-1).float()
    return (y**3 + y.exp()).float()
