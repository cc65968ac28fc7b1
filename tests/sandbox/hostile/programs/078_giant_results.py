"""Return as much as there may be, deeply and widely.

Tries: 1/78, 1/18
Attacks: secret
Expects: wrong_type
"""

def f(x, word):
    wide = [["x" * 16000] * 50] * 20
    deep = []
    for _ in range(3000):
        deep = [deep, deep, wide]
    return {"deep": deep, "wide": wide, 10**5000: [10**9000], "self": None}
