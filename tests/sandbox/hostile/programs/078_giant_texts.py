"""Giant messages, giant tracebacks, giant reprs.

Tries: 1/78
Attacks: secret
Expects: runtime_error, memory_limit
"""

def deep(n):
    if n:
        deep(n - 1)
    raise ValueError("x" * (10 << 20) + "\n" * 100000)


def f(x, word):
    print("y" * 200000)
    deep(800)
