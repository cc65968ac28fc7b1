"""The forbidden function by all its usual names.

Tries: 1/115, 2/36, 2/72
Attacks: banned
Expects: forbidden
"""

import torch.nn.functional as F


def f(x):
    return F.softmax(x, dim=0)
