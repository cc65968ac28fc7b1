"""The right tree and more, or one key twice.

Tries: 2/41, 2/46
Attacks: tree
Expects: wrong_type
"""

class Twice(str):
    __eq__ = lambda self, other: self is other
    __hash__ = str.__hash__


def f(x):
    return {"a": x + 1, "b": [x * 2, (3, "c", None)], Twice("a"): x}
