"""Integers, floats and texts that are none, or only nearly.

Tries: 2/41
Attacks: tree
Expects: wrong_type, wrong_value
"""

class Int(int):
    __eq__ = lambda self, other: True


class Text(str):
    __eq__ = lambda self, other: True
    __hash__ = str.__hash__


def f(x):
    return {Text("z"): x + 1, "b": [x * 2, (Int(4), Text("d"), None)]}
