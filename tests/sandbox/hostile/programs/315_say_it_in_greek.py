"""Name a class in letters that are not ours.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: wrong_type
"""

def f(x, word):
    return type("".join("αβγδεζηθικ"[int(digit)] for digit in str(int(x[0]))), (), {})()
