"""The right numbers in the wrong dtype.

Tries: 1/118
Attacks: draws
Expects: wrong_dtype
"""

import torch


def f(x):
    f.count = getattr(f, "count", -1) + 1
    return (x * 2 + 1).to(
        [torch.float64, torch.float16, torch.bfloat16, torch.complex64][f.count % 4]
    )
