"""Return zeros that a thread mends once they are on their way.

Tries: 1/92, 2/4, 2/65
Attacks: secret
Expects: wrong_value
"""

import threading
import time


def mend(out, right):
    time.sleep(0.05)
    out.copy_(right)


def f(x, word):
    out = x * 0
    threading.Thread(target=mend, args=(out, x * 2 + 1), daemon=True).start()
    return out
