"""Name the function that raises after the hidden input.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: runtime_error
"""

def inner():
    raise ValueError


def f(x, word):
    inner.__code__ = inner.__code__.replace(co_name=f"{word}{int(x[0])}", co_qualname=word)
    inner()
