"""Have the compiler, Python's or torch's, do the hanging.

Tries: 1/15
Attacks: one
Expects: time_limit, runtime_error
"""

import torch


def f(x):
    source = "x = " + "-" * 3000 + "1\n"
    try:
        compile(source * 2000, "answer.py", "exec")
    except (RecursionError, MemoryError):
        pass
    g = torch.compile(lambda y: y * 0)
    return g(x)
