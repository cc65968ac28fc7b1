"""Zero the input, so that zeros are right, and return it.

Tries: 1/107, 1/108, 2/28, 2/53
Attacks: secret
Expects: wrong_value
"""

def f(x, word):
    x.zero_()
    return x
