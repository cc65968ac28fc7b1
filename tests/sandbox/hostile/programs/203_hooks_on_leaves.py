"""Hooks on the inputs that make a wrong function's gradient look right: they would have to know it.

Tries: 2/55, 2/56, 2/57
Attacks: slope
Expects: wrong_value, wrong_gradient, changed_input
"""

import torch


def f(x):
    x.register_hook(lambda grad: torch.ones_like(grad))
    x.register_post_accumulate_grad_hook(lambda leaf: leaf.grad.fill_(1.0))
    x.grad = torch.ones_like(x)
    return x**3 + x.exp()
