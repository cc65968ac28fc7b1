"""The right answer, and the input changed past its version counter.

Tries: 1/107, 2/54
Attacks: secret, draws
Expects: changed_input
"""

import numpy as np


def f(x, *rest):
    out = x * 2 + 1
    x.data[0] += 1
    x.numpy()[1] = 7
    np.asarray(x)[2] = 7
    return out
