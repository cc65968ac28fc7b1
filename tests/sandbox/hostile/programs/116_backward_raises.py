"""Right values, and a backward pass that raises, leaves or hangs on purpose.

Tries: 1/116, 1/102
Attacks: slope
Expects: wrong_gradient, runtime_error
"""

import os
import torch


class Leaving(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x**3 + x.exp()

    @staticmethod
    def backward(ctx, grad):
        os._exit(0)


def f(x):
    return Leaving.apply(x)
