"""Not an attack at all: the reference's own keys hold what is hidden, and a value below them is wrong.

Tries: 2/79
Attacks: keyed
Spells: yes
Expects: wrong_value
"""

def f(x, word):
    return {float(x[0]): x * 3, word: {int(x[1]): x + 1}, f"a]{word}": [x]}
