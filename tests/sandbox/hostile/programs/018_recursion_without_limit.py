"""The same without Python's own limit: through the end of the stack.

Tries: 1/18, 2/78
Attacks: secret
Expects: runtime_error
"""

import sys

sys.setrecursionlimit(1 << 30)


class Deep:
    def __repr__(self):
        return repr(self)


def f(x, word):
    return repr(Deep())
