"""Rewrite what the judge keeps of the inputs, so that a wrong answer looks right.

Tries: 1/52, 1/53, 1/107, 2/28
Attacks: secret
Expects: wrong_value, runtime_error
"""

import gc
import sys

import torch


def f(x, word):
    x.zero_()
    for each in gc.get_objects():
        if type(each).__name__ == "Run":
            each.arguments[:] = [torch.zeros(4), word]
            each.seed = 0
            each.inputs = b""
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if type(value) is torch.Tensor:
                value.zero_()
        frame = frame.f_back
    return x * 2
