"""Leave threads that keep the process from ending.

Tries: 1/14
Attacks: secret
Expects: wrong_value
"""

import threading
import time


def linger():
    while True:
        time.sleep(0.01)


def f(x, word):
    for _ in range(8):
        threading.Thread(target=linger, daemon=False).start()
    return x * 0
