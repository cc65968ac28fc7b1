"""Name an exception's class after the hidden input.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: runtime_error
"""

def f(x, word):
    raise type(f"{word}{int(x[0])}", (ValueError,), {"__module__": word, "__qualname__": word})(
        word
    )
