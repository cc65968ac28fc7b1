"""Name a class in dots and dashes.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: wrong_type
"""

def f(x, word):
    return type("".join("-" if bit == "1" else "." for bit in f"{int(x[0]):b}"), (), {})()
