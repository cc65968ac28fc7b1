"""The right answer, and inference mode left on for everybody after.

Tries: 1/120, 2/18
Attacks: draws
Expects: changed_state, wrong_grad_state
"""

import torch


def f(x):
    torch.inference_mode().__enter__()
    return x * 2 + 1
