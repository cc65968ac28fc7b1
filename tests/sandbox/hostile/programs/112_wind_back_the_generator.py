"""Draw the input again by winding the generators to the seeds that this process knows, and answer for
that; a right answer by such a way would be no wonder, so none is given.

Tries: 1/112, 2/29, 2/61
Attacks: draws
Expects: wrong_value, changed_state
"""

import torch


def f(x):
    torch.manual_seed(torch.initial_seed() ^ 1)
    return torch.randn(4) * 2
