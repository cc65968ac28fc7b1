"""Run out of memory, catch it, and go on as if nothing had been.

Tries: 1/27
Attacks: secret
Expects: wrong_value
"""

def f(x, word):
    kept = []
    try:
        while True:
            kept.append(bytearray(1 << 27))
    except MemoryError:
        kept.clear()
    return x * 0
