"""Integers that Python refuses to write, floats that are none, in a tree of the right type.

Tries: 1/78, 1/119
Attacks: tree
Expects: wrong_value
"""

def f(x):
    return {"a": x + 1, "b": [x * 2, (10**9000, "c" * 16000, None)]}
