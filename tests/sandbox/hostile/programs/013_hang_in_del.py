"""Hang in a destructor that runs when the call is over.

Tries: 1/13
Attacks: one
Expects: time_limit
"""

class Sticky:
    def __del__(self):
        while True:
            pass


def f(x):
    sticky = Sticky()
    return x * 2 + 1
