"""Right values, and a backward pass without end.

Tries: 1/116, 1/1
Attacks: slope
Expects: time_limit
"""

import torch


class Hanging(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x**3 + x.exp()

    @staticmethod
    def backward(ctx, grad):
        while True:
            pass


def f(x):
    return Hanging.apply(x)
