"""A tensor that lies about everything it is asked.

Tries: 1/97, 2/37, 2/38
Attacks: secret
Expects: wrong_type
"""

import torch


class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        name = getattr(func, "__name__", "")
        if name in ("allclose", "equal", "__eq__"):
            return True
        return super().__torch_function__(func, types, args, kwargs or {})

    shape = property(lambda self: torch.Size([4]))
    dtype = property(lambda self: torch.float32)


def f(x, word):
    return torch.zeros(1).as_subclass(Liar)
