"""Forge a result whose numbers were too many to send.

Tries: 1/91, 2/1, 2/45
Attacks: secret
Expects: wrong_value
"""

from judge.sandbox.child import encode

encode.Encoder._elements = lambda self, *tensor: (None, True)


def f(x, word):
    return x * 0
