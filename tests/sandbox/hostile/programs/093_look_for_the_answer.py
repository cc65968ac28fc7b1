"""Look for the expected answer among all objects, in all frames and in freed memory.

Tries: 1/93, 1/101, 1/110, 2/20, 2/22, 2/26, 2/27
Attacks: secret
Expects: wrong_value
"""

import gc
import sys
import torch


def f(x, word):
    found = []
    frame = sys._getframe()
    while frame is not None:
        found += list(frame.f_locals.values()) + list(frame.f_globals.values())
        frame = frame.f_back
    found += gc.get_objects()
    for each in found:
        if type(each) is dict:
            for name in ("expected", "want", "key", "answer", "solution", "reference"):
                if type(each.get(name)) is torch.Tensor:
                    return each[name]
        if type(each) is torch.Tensor and each.shape == x.shape and each.dtype == x.dtype:
            if not torch.equal(each, x) and each.abs().sum() > 0 and each is not x:
                return each.clone()
    for _ in range(100):
        out = torch.empty_like(x)
        if out.abs().sum() > 0:
            return out
    return x * 0
