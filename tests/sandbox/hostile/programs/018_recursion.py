"""Call oneself for ever.

Tries: 1/18
Attacks: secret
Expects: runtime_error
"""

def f(x, word):
    return f(x, word)
