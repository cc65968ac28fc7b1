"""Replace what inputs are drawn with, at import: they have been drawn by then.

Tries: 2/17, 2/16
Attacks: draws
Expects: wrong_value
"""

import torch

torch.randn = torch.rand = lambda *a, **k: torch.zeros(4)
torch.manual_seed = torch.Generator.manual_seed if False else (lambda *a: None)
torch.Tensor.__mul__ = torch.Tensor.__add__ = torch.add = torch.mul = lambda a, b: torch.zeros(4)


def f(x):
    return torch.randn(4)
