"""A tensor without memory that computes when it is looked at.

Tries: 1/97, 2/38
Attacks: secret
Expects: wrong_type
"""

import torch


class Lazy(torch.Tensor):
    @staticmethod
    def __new__(cls, like):
        return torch.Tensor._make_wrapper_subclass(
            cls, like.shape, dtype=like.dtype, device=like.device
        )

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        return torch.zeros(4)


def f(x, word):
    return Lazy(x)
