"""Give back what came.

Tries: 2/48
Attacks: secret, draws, slope
Expects: wrong_value
"""

def f(x, *rest):
    return x.clone()
