"""Raise what test frameworks take for "not my business".

Tries: 1/103
Attacks: draws, raises
Expects: runtime_error, wrong_exception
"""

import unittest


class Skip(SystemExit):
    code = 0


WAYS = [Skip(0), unittest.SkipTest(), KeyboardInterrupt(), GeneratorExit(), StopIteration()]


def f(x):
    f.count = getattr(f, "count", -1) + 1
    raise WAYS[f.count % len(WAYS)]
