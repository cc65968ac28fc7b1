"""Put the hidden input into an exception's text, arguments, notes and cause.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: runtime_error
"""

def f(x, word):
    error = ValueError(f"{word} {x.tolist()}", word)
    error.add_note(f"{word} {x.tolist()}")
    raise error from KeyError(word)
