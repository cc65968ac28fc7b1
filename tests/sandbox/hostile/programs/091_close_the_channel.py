"""Close every descriptor and go on living.

Tries: 1/91, 1/49
Attacks: one
Expects: runtime_error
"""

import os
import time


def f(x):
    os.closerange(0, 128)
    time.sleep(1000)
