"""Shapes that broadcasting would forgive.

Tries: 1/118, 2/44, 2/46
Attacks: draws
Expects: wrong_shape
"""

import torch


def f(x):
    f.count = getattr(f, "count", -1) + 1
    right = x * 2 + 1
    return [right[None], right[:, None], right[:1], right[:0]][f.count % 4]
