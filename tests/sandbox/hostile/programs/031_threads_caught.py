"""The same, caught: the judging itself has to go on with no thread left to start.

Tries: 1/31
Attacks: secret
Expects: wrong_value
"""

import threading
import time


def f(x, word):
    try:
        for _ in range(10000):
            threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    except RuntimeError:
        pass
    return x * 0
