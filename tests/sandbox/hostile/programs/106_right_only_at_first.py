"""Right for the first calls, wrong for the rest.

Tries: 1/106, 2/33, 2/34
Attacks: draws
Expects: wrong_value
"""

calls = 0


def f(x):
    global calls
    calls += 1
    return x * 2 + 1 if calls < 3 else x * 2
