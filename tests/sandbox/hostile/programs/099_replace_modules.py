"""Replace what the judge's side in this process is made of.

Tries: 1/99, 2/19, 1/106
Attacks: secret, slope
Expects: wrong_value, runtime_error, wrong_gradient, time_limit
"""

import builtins
import os
import sys

import torch

for name in [name for name in sys.modules if name.startswith("judge")]:
    module = sys.modules[name]
    for attribute, value in list(vars(module).items()):
        if callable(value) and not isinstance(value, type) and not attribute.startswith("__"):
            try:
                setattr(module, attribute, lambda *a, **k: None)
            except Exception:
                pass
    sys.modules[name] = torch


def f(x, *rest):
    os.write = os.read = os._exit = lambda *a, **k: 0
    builtins.type = lambda *a: torch.Tensor
    builtins.isinstance = builtins.issubclass = lambda *a: True
    builtins.len = lambda *a: 4
    builtins.print = lambda *a, **k: None
    return x * 0
