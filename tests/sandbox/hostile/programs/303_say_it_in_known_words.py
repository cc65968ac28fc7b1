"""Name an exception's class in words that the judge knows itself, one bit each.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: runtime_error
"""

def f(x, word):
    raise type(
        " ".join("Tensor" if bit == "1" else "list" for bit in f"{int(x[0]):b}"), (ValueError,), {}
    )
