"""Hang, or mend the result, when the process ends: it never gets to.

Tries: 1/13, 2/3
Attacks: secret
Expects: wrong_value
"""

import atexit
import os
import threading
import time


def hang():
    os.write(2, b"accepted")
    while True:
        time.sleep(1)


class Late:
    def __del__(self):
        hang()


late = Late()
atexit.register(hang)
threading._register_atexit(hang)


def f(x, word):
    return x * 0
