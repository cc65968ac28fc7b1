"""Take memory until there is none.

Tries: 1/16, 1/22, 2/77
Attacks: roomy
Expects: memory_limit
"""

def f(x):
    kept = []
    while True:
        kept.append(bytearray(1 << 24))
