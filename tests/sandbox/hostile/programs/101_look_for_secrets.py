"""Look for a seed, a signature or a cotangent that should not be here. If one is found, forge with it.

Tries: 1/101, 2/7, 2/8, 2/29
Attacks: slope
Expects: wrong_gradient
"""

import gc
import sys
import torch


def f(x):
    known = []
    for each in gc.get_objects():
        if type(each) is dict and each.get("cotangent") is not None and "grad" in each:
            known.append(each["cotangent"])
    frame = sys._getframe()
    while frame is not None:
        spec = getattr(frame.f_locals.get("self"), "spec", None)
        if type(spec) is dict and spec.get("cotangent"):
            known.append(spec["cotangent"])
        frame = frame.f_back
    right = x**3 + x.exp()
    return right if known else right.detach() + 0 * x
