"""Take more memory than there may be before the function is called.

Tries: 1/17
Attacks: roomy
Expects: memory_limit
"""

large = bytearray(1 << 36)


def f(x):
    return x * 2 + 1
