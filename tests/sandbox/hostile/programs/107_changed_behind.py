"""The right answer, and the input swapped for another: storage, shape, class, gradient flag.

Tries: 1/107, 2/54
Attacks: draws
Expects: changed_input
"""

import torch


def f(x):
    out = x * 2 + 1
    f.count = getattr(f, "count", -1) + 1
    ways = (
        lambda: x.set_(torch.zeros(4).untyped_storage(), 0, (4,)),
        lambda: setattr(x, "data", torch.zeros(2)),
        lambda: x.resize_(9),
        lambda: setattr(x, "__class__", type("Sub", (torch.Tensor,), {})),
    )
    ways[f.count % 4]()
    return out
