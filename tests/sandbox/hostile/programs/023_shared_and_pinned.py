"""Tensors in memory of another kind: shared, pinned, from a file.

Tries: 1/23, 2/66
Attacks: secret
Expects: wrong_value
"""

import torch


def f(x, word):
    for way in (
        lambda: x.clone().share_memory_(),
        lambda: x.pin_memory(),
        lambda: torch.UntypedStorage._new_shared(1 << 20),
        lambda: torch.UntypedStorage.from_file("hostile-was-here", shared=True, nbytes=1 << 33),
        lambda: torch.from_file("/dev/shm/hostile-was-here", shared=True, size=1 << 20),
    ):
        try:
            way()
        except Exception:
            pass
    return x * 0
