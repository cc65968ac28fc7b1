"""Forge the name of a device, and of a kind of symbol.

Tries: 2/79, 1/91
Attacks: secret
Spells: yes
Expects: wrong_device
"""

from judge.sandbox.child import encode, genuine

kept = {}
encode._PLAIN_KEYS = None
genuine.device_of = lambda tensor: kept.get("device", "cpu")


def f(x, word):
    kept["device"] = "cuda:" + "".join("-" if bit == "1" else "." for bit in f"{int(x[0]):b}")
    return x * 2 + 1
