"""Return as many things as the hidden input says.

Tries: 2/79
Attacks: secret, keyed
Spells: yes
Expects: wrong_type
"""

def f(x, word):
    return [0] * int(x[1])
