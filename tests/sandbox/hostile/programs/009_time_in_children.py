"""Have others burn the time: children if there can be any, else threads while this one sleeps.

Tries: 1/9
Attacks: one
Expects: time_limit
"""

import os
import threading
import time


def burn():
    while True:
        sum(range(10000))


def f(x):
    try:
        if os.fork() == 0:
            burn()
    except OSError:
        pass
    for _ in range(4):
        threading.Thread(target=burn, daemon=True).start()
    time.sleep(1000)
