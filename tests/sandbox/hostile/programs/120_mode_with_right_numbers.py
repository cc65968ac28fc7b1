"""A mode left on its stack that makes every tensor look right.

Tries: 1/120, 1/97, 2/18
Attacks: draws
Expects: wrong_value, changed_state, runtime_error
"""

import torch
from torch.utils._python_dispatch import TorchDispatchMode


class Right(TorchDispatchMode):
    def __init__(self, right):
        super().__init__()
        self.right = right

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        return self.right


def f(x):
    out = torch.zeros(4)
    right = x * 2 + 1
    Right(right).__enter__()
    return out
