"""The same, with keys missing, or too many.

Tries: 2/79
Attacks: keyed
Spells: yes
Expects: wrong_type
"""

def f(x, word):
    return {word: 1, f"{word}{int(x[0])}": 2}
