"""Return a tensor whose sizes, dimensions and strides are the hidden input.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: wrong_shape
"""

import torch


def f(x, word):
    return torch.zeros(1).expand(int(x[1]), int(x[2]), int(x[0]))
