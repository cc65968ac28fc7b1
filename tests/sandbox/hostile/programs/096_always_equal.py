"""Return something that is equal to everything.

Tries: 1/96, 2/40, 2/41
Attacks: secret, tree
Expects: wrong_type
"""

import torch


class Always:
    shape, dtype, device = torch.Size([4]), torch.float32, torch.device("cpu")

    def __eq__(self, other):
        return True

    def __getattr__(self, name):
        return lambda *a, **k: self

    def __bool__(self):
        return True


class AlwaysList(list):
    __eq__ = lambda self, other: True
    __len__ = lambda self: 2


class AlwaysDict(dict):
    __eq__ = lambda self, other: True


def f(x, *rest):
    return Always() if rest else {"a": x + 1, "b": AlwaysList([x * 2, AlwaysDict()])}
