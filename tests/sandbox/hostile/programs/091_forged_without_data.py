"""Forge a result of the right form that holds no numbers at all, so that none can be wrong.

Tries: 1/91, 2/1, 2/43
Attacks: secret
Expects: wrong_value
"""

from judge.sandbox.child import encode
from judge.sandbox.protocol import Flag



def elements(self, *tensor):
    return None, False


encode.Encoder._elements = elements


def f(x, word):
    return x * 0
