"""The right answer, and gradients switched off for everybody after.

Tries: 1/120, 2/18
Attacks: draws
Expects: changed_state
"""

import torch


def f(x):
    torch.set_grad_enabled(False)
    return x * 2 + 1
