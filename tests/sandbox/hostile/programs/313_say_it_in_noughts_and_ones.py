"""Name a class in noughts and ones.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: wrong_type
"""

def f(x, word):
    return type(" ".join(f"{int(x[0]):b}"), (), {})()
