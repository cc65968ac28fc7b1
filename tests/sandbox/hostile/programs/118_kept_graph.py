"""The right numbers with a gradient flag that nobody asked for.

Tries: 1/118, 1/116
Attacks: memory
Expects: wrong_grad_state
"""

import torch


def f(x):
    return x.clone(), x.view(2, 2), torch.ones(2, 2, requires_grad=True)
