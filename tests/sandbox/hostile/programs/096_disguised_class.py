"""Make a class look like the real one: its name, its module, its __class__, its metaclass.

Tries: 1/96, 1/97, 2/37, 2/41
Attacks: secret
Expects: wrong_type, runtime_error
"""

import torch


class Meta(type(torch.Tensor)):
    __eq__ = lambda self, other: True
    __hash__ = lambda self: hash(torch.Tensor)
    mro = lambda self: list(torch.Tensor.__mro__)[:1] + list(type.mro(self))

    def __instancecheck__(self, other):
        return True


class Tensor(torch.Tensor):
    __class__ = torch.Tensor
    __module__ = "torch"


try:
    Lying = Meta("Tensor", (torch.Tensor,), {"__module__": "torch", "__class__": torch.Tensor})
except TypeError:
    Lying = Tensor


def f(x, word):
    out = (x * 2 + 1).as_subclass(Lying if word == "sample" else Tensor)
    return out
