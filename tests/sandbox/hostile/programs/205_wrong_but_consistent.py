"""Another function with its own right gradient.

Tries: 2/59
Attacks: slope
Expects: wrong_value
"""

def f(x):
    return x**2 + x.exp()
