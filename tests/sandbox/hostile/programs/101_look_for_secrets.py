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
        # What a child rehearses with has a cotangent, too; the job's own are sixty bits long.
        if type(each) is dict and type(each.get("cotangents")) is list:
            known += [seed for seed in each["cotangents"] if seed > 1]
    frame = sys._getframe()
    while frame is not None:
        known += frame.f_locals.get("cotangents") or ()
        job = frame.f_locals.get("job")
        if type(job) is dict:
            known += job.get("cotangents") or ()
        frame = frame.f_back
    right = x**3 + x.exp()
    return right if known else right.detach() + 0 * x
