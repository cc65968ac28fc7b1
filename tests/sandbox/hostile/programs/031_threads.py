"""As many threads as there can be, all at work.

Tries: 1/31
Attacks: one
Expects: runtime_error, time_limit
"""

import threading
import time


def f(x):
    for _ in range(10000):
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    return x * 2 + 1
