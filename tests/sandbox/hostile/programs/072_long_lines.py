"""Lines of 131 kB, and a great many empty ones.

Tries: 1/72
Attacks: prints
Expects: wrong_output
"""

def f(x):
    print("total 7" + " " * 131072 + "7")
    print("\n" * 100000)
    return x
