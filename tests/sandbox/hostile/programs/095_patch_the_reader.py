"""Replace what turns a tensor into numbers, with something that gives other numbers.

Tries: 1/95, 2/16, 2/39
Attacks: secret
Expects: wrong_value
"""

import numpy as np
import torch


class Liar(np.ndarray):
    def tobytes(self, *a):
        return b""


torch.Tensor.numpy = torch.Tensor.__array__ = lambda self, *a: np.ones(4).view(Liar)
torch.Tensor.detach = torch.Tensor.clone = torch.Tensor.contiguous = lambda self: self
torch.Tensor.tolist = torch.Tensor.item = lambda self: 1
torch.Tensor.shape = torch.Tensor.dtype = torch.Tensor.device = property(lambda self: 1)
np.ndarray.__array_finalize__ if hasattr(np.ndarray, "x") else None


def f(x, word):
    out = torch.zeros(4)
    out.numpy = out.detach = out.tobytes = lambda *a: np.ones(4)
    return out
