"""Raise in a line whose number is the hidden input.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: runtime_error
"""

def inner():
    raise ValueError


def f(x, word):
    inner.__code__ = inner.__code__.replace(co_firstlineno=int(x[1]))
    inner()
