"""Look for what an earlier run left; leave it for the next. If anything is found, answer rightly.

Tries: 1/59, 1/66, 2/31, 2/32, 1/113
Attacks: one
Runs: 2
Expects: wrong_value
"""

import os
import sys
import torch

PLACES = (
    "/box/seen",
    "../seen",
    "seen",
    os.path.expanduser("~/.cache/torch/seen"),
    os.path.expanduser("~/.local/lib/python3.11/site-packages/sitecustomize.py"),
    os.environ.get("TORCHINDUCTOR_CACHE_DIR", "/box/.inductor") + "/seen",
    "/tmp/seen",
    "/dev/shm/seen",
)


def f(x):
    old = any(os.path.exists(place) for place in PLACES)
    old = old or hasattr(torch, "seen") or "seen" in sys.modules or hasattr(sys, "seen")
    torch.seen = sys.seen = True
    sys.modules["seen"] = torch
    for place in PLACES:
        try:
            os.makedirs(os.path.dirname(place) or ".", exist_ok=True)
            with open(place, "w") as file:
                file.write("seen")
        except OSError:
            pass
    return x * 2 + 1 if old else x * 0
