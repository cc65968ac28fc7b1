"""The right answer, and inference mode left on for everybody after.

Tries: 1/120, 2/18
Attacks: draws
Expects: changed_state, wrong_grad_state
"""

import torch

KEPT = []


def f(x):
    # Kept alive: a guard that nobody holds ends with the statement that made it.
    KEPT.append(torch.inference_mode())
    KEPT[-1].__enter__()
    return x * 2 + 1
