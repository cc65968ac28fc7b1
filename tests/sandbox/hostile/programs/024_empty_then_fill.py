"""Ask for memory that is only there once it is touched.

Tries: 1/24
Attacks: roomy
Expects: memory_limit
"""

import torch


def f(x):
    large = torch.empty(1 << 34)
    large.fill_(1.0)
    return x * 2 + 1
