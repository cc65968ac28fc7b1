"""Write the hidden input into the times that this process keeps of itself.

Tries: 2/79, own
Attacks: secret
Spells: yes
Expects: wrong_value
"""

import gc
import sys


def f(x, word):
    frame = sys._getframe()
    while frame is not None:
        times = frame.f_locals.get("times")
        if isinstance(times, dict):
            times[f"{word}{int(x[0])}"] = 918273.0
            times["load"] = 3917.0
        frame = frame.f_back
    return x * 0
