"""Return the hidden input as keys, texts, numbers.

Tries: 2/79
Attacks: secret, keyed
Spells: yes
Expects: wrong_type
"""

def f(x, word):
    return {word: {int(x[0]): [word, float(x[1])]}, float(x[1]): x.tolist()}
