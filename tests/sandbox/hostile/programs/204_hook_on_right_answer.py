"""The right function, and a hook on the input that bends its gradient.

Tries: 2/55
Attacks: slope
Expects: wrong_gradient
"""

def f(x):
    x.register_hook(lambda grad: grad * 2)
    return x**3 + x.exp()
