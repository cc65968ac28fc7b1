"""Draw the input again from the seeds that everybody uses, and answer for that.

Tries: 1/112, 2/29
Attacks: draws
Expects: wrong_value
"""

import random
import numpy as np
import torch


def f(x):
    for seed in [0, 1, 42, 1234, 1337, 2024, *range(100)]:
        guess = torch.randn(4, generator=torch.Generator().manual_seed(seed))
        if torch.equal(guess, x):
            return guess * 2 + 1
    return guess * 2 + 1
