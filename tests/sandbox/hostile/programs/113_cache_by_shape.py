"""Remember the first answer for a shape, a pointer, an id.

Tries: 1/113, 2/30, 2/31
Attacks: draws, double
Expects: wrong_value, wrong_dtype
"""

seen = {}


def f(x):
    for name in (tuple(x.shape), x.data_ptr(), id(x)):
        if name in seen:
            return seen[name]
    out = x.sin() if len(x) == 8 else x * 2 + 1
    seen[tuple(x.shape)] = seen[x.data_ptr()] = seen[id(x)] = out
    return out
