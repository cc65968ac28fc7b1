"""Right for double precision, which gradient checks use, and not for single.

Tries: 2/60
Attacks: double
Expects: wrong_value
"""

import torch


def f(x):
    return x.sin() if x.dtype == torch.float64 else x
