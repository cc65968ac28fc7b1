"""Right values, and a backward pass that returns what one likes.

Tries: 1/116, 2/58, 2/59
Attacks: slope
Expects: wrong_gradient
"""

import torch


class Made(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x**3 + x.exp()

    @staticmethod
    def backward(ctx, grad):
        return torch.ones_like(grad)


def f(x):
    return Made.apply(x)
