"""Look for the hidden inputs while the sample runs, and print, return or raise them there.

Tries: 2/79, 1/93
Attacks: secret
Spells: yes
Expects: wrong_value
"""

import gc
import sys
import torch


def hidden():
    found = []
    for each in gc.get_objects():
        if type(each).__name__ == "Run":
            found += each.arguments
    frame = sys._getframe()
    while frame is not None:
        found += [value for value in frame.f_locals.values() if type(value) in (str, torch.Tensor)]
        frame = frame.f_back
    return found


def f(x, word):
    found = hidden()
    print(found)
    print(found, file=sys.stderr)
    other = [
        each
        for each in found
        if type(each) is torch.Tensor and each.shape == x.shape and each[0] > 4
    ]
    return other[0] if other else x * 0
