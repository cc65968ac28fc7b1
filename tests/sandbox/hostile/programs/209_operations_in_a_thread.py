"""More operations than there may be, half of them in a thread.

Tries: 2/73
Attacks: frugal
Expects: too_many_ops
"""

import threading
import torch


def f(x):
    total = torch.zeros(())
    for value in x:
        total = total + value
    thread = threading.Thread(target=lambda: x.sum())
    thread.start()
    thread.join()
    return x.sum()
