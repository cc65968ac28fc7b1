"""Fill every tensor that can be found with NaN, and return NaN: equal where NaN is a wild card.

Tries: 1/94, 2/23, 1/119
Attacks: secret
Expects: wrong_value
"""

import gc
import torch


def f(x, word):
    for each in gc.get_objects():
        if type(each) is torch.Tensor and each is not x and each.is_floating_point():
            with torch.no_grad():
                each.fill_(float("nan"))
    return torch.full_like(x, float("nan"))
