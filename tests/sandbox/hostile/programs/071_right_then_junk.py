"""The right output, and more.

Tries: 1/71, 1/72
Attacks: prints
Expects: wrong_output
"""

def f(x):
    print("total", 7)
    print("done")
    print("done" * 40000)
    return x
