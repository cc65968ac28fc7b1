"""The same, further down.

Tries: 2/79
Attacks: keyed
Spells: yes
Expects: wrong_shape, wrong_value
"""

def f(x, word):
    return {float(x[0]): x + 1, word: {int(x[1]): x[:2].clone()}, f"a]{word}": [x]}
