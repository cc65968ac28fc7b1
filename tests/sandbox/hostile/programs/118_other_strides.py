"""The right numbers in the wrong order of memory.

Tries: 1/118
Attacks: memory
Expects: wrong_layout
"""

import torch


def f(x):
    return x.clone(), x.view(2, 2), torch.ones(4, 2)[::2]
