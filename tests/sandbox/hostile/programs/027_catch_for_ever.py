"""Run out of memory for ever.

Tries: 1/27
Attacks: one
Expects: time_limit, memory_limit
"""

def f(x):
    while True:
        try:
            kept = []
            while True:
                kept.append(bytearray(1 << 24))
        except MemoryError:
            pass
