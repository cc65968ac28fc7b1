"""Tensors in other layouts still.

Tries: 2/43
Attacks: sizes
Expects: wrong_type
"""

import warnings
import torch

warnings.simplefilter("ignore")


def f(x):
    f.count = getattr(f, "count", -1) + 1
    right = x * 2 + 1
    ways = (
        lambda: torch.quantize_per_tensor(right, 0.1, 0, torch.qint8),
        lambda: torch.nested.nested_tensor([right]),
        lambda: torch._to_functional_tensor(right),
    )
    return ways[f.count % 3]()
