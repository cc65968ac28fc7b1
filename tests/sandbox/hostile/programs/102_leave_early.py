"""Leave with success, before and instead of an answer.

Tries: 1/102, 2/2
Attacks: secret
Expects: runtime_error
"""

import os
import sys


def f(x, word):
    if word == "sample":
        sys.exit(0)
    os._exit(0)
