"""Right values, and a gradient of another shape, dtype, or none at all.

Tries: 1/116, 1/118
Attacks: slope
Expects: wrong_gradient
"""

import torch


class Odd(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x**3 + x.exp()

    @staticmethod
    def backward(ctx, grad):
        return torch.zeros(1).expand(10**12)


def f(x):
    return Odd.apply(x)
