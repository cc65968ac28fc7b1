"""Tensors that hold no numbers, or hold them in another way.

Tries: 2/42, 2/43, 2/18
Attacks: secret
Expects: wrong_type
"""

import torch


def f(x, word):
    right = x * 2 + 1
    if word == "sample":
        return torch.empty(4, device="meta")
    return right.to_sparse()
