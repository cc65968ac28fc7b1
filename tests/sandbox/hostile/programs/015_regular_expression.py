"""A regular expression that takes for ever, inside one call into C.

Tries: 1/12, 1/15
Attacks: one
Expects: time_limit
"""

import re


def f(x):
    re.match(r"(a|aa)+$", "a" * 60 + "b")
    return x * 2 + 1
