"""Open files until there is no descriptor left.

Tries: 1/67
Attacks: secret, files
Expects: wrong_value, wrong_files, runtime_error
"""

import os


def f(x, *rest):
    try:
        while True:
            os.open("/dev/zero", os.O_RDONLY)
    except OSError:
        pass
    return x * 0 if rest else None
