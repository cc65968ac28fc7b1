"""An endless loop.

Tries: 1/1, 2/77
Attacks: one
Expects: time_limit
"""

def f(x):
    while True:
        pass
