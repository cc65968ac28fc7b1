"""Keep memory alive in a graph that grows.

Tries: 1/25
Attacks: roomy
Expects: memory_limit
"""

import torch


def f(x):
    y = torch.ones(1 << 21, requires_grad=True)
    while True:
        y = y.sin()
        y.register_hook(lambda g, y=y: g)
