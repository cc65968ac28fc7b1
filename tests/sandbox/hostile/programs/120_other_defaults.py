"""The right answer, and other defaults left behind, of which the first case's counts.

Tries: 1/120, 2/18
Attacks: draws
Expects: changed_state
"""

import torch


def f(x):
    f.count = getattr(f, "count", -1) + 1
    out = x * 2 + 1
    (
        lambda: torch.set_default_dtype(torch.float64),
        lambda: torch.set_default_device("meta"),
        lambda: torch.use_deterministic_algorithms(True),
        lambda: torch.set_num_threads(3),
    )[f.count % 4]()
    return out
