"""Right values, and no graph, or one that leads nowhere.

Tries: 1/116, 2/57, 2/58
Attacks: slope
Expects: wrong_gradient
"""

def f(x):
    return (x**3 + x.exp()).detach().requires_grad_()
