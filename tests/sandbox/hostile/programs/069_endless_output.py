"""Print for ever.

Tries: 1/69, 2/77
Attacks: one
Expects: output_limit
"""

def f(x):
    while True:
        print("x" * 4096)
