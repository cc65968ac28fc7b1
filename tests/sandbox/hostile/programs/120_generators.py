"""The right answer, and the generators drained, seeded or put back.

Tries: 1/120, 2/61
Attacks: draws
Expects: changed_state
"""

import random
import numpy as np
import torch


def f(x):
    f.count = getattr(f, "count", -1) + 1
    (
        lambda: torch.manual_seed(0),
        lambda: torch.rand(1),
        lambda: np.random.rand(1),
        lambda: random.random(),
    )[f.count % 4]()
    return x * 2 + 1
