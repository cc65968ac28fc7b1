"""Raise an exception that only has the right name, or claims the right bases.

Tries: 1/103, 2/41
Attacks: one
Expects: runtime_error
"""

class Odd(Exception):
    @property
    def __class__(self):
        return ValueError

    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


def f(x):
    raise Odd from Odd()
