"""Nearly tensors: a Parameter, a Buffer, a result tuple, an array, a wrapped tensor of functorch.

Tries: 1/97, 2/37
Attacks: draws
Expects: wrong_type
"""

import torch


def f(x):
    right = x * 2 + 1
    kept = []
    torch.func.vmap(lambda row: kept.append(row) or row)(right)
    ways = [
        torch.nn.Parameter(right),
        right.numpy(),
        torch.nn.Buffer(right),
        kept[0],
        right.tolist(),
    ]
    f.count = getattr(f, "count", -1) + 1
    return ways[f.count % len(ways)]
