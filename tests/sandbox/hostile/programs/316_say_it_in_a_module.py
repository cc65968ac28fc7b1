"""Return a module whose class, and whose parameters, are named after the hidden input.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: wrong_type
"""

import torch


def f(x, word):
    module = type(f"{word}{int(x[0])}", (torch.nn.Module,), {})()
    module.register_buffer(f"{word}{int(x[1])}", x)
    return module
