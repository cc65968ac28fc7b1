"""Right values, the gradient three times too large.

Tries: 1/116, 2/58
Attacks: slope
Expects: wrong_gradient
"""

def f(x):
    y = x**3 + x.exp()
    return y.detach() + 3 * (y - y.detach())
