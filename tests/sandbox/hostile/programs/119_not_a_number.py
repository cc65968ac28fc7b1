"""NaN, infinities and negative zeros, where a comparison might not mind.

Tries: 1/119, 2/43
Attacks: draws
Expects: wrong_value
"""

import torch


def f(x):
    f.count = getattr(f, "count", -1) + 1
    return torch.full_like(x, [float("nan"), float("inf"), -0.0, -float("inf")][f.count % 4])
