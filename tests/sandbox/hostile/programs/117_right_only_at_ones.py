"""A gradient that is right only for the cotangent that tests use: ones.

Tries: 1/117
Attacks: slope
Expects: wrong_gradient
"""

import torch


class AtOnes(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3 + x.exp()

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return 3 * x**2 + x.exp()


def f(x):
    return AtOnes.apply(x)
