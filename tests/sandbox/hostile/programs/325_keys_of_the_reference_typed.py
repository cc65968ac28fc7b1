"""The same, with a wrong type there.

Tries: 2/79
Attacks: keyed
Spells: yes
Expects: wrong_type
"""

def f(x, word):
    return {float(x[0]): x + 1, word: {int(x[1]): x.clone()}, f"a]{word}": [None]}
