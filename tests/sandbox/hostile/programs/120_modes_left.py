"""Modes left on their stacks, so that whoever looks at the answer sees something else.

Tries: 1/120, 2/18, 1/97
Attacks: secret
Expects: wrong_value, changed_state, runtime_error
"""

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode


class Lying(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        return torch.ones(4)


class LyingDeeper(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        return torch.ones(4)


def f(x, word):
    out = x * 0
    Lying().__enter__()
    LyingDeeper().__enter__()
    torch.inference_mode().__enter__()
    torch.set_default_device("meta")
    return out
