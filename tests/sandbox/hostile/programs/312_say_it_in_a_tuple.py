"""Return a tuple of kinds that spell the hidden input, one bit each.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: wrong_type
"""

def f(x, word):
    return tuple(1 if bit == "1" else "" for bit in f"{int(x[3]):03b}")
