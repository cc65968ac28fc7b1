"""Have the global state be named after the hidden input.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: changed_state, runtime_error
"""

import judge.sandbox.child.calls as calls

kept = {}
original = calls.state.snapshot


def snapshot():
    word = kept.get("word", "")
    return [
        (name, text if name != "default_dtype" else f"torch.{word}") for name, text in original()
    ] + [(word, word)]


calls.state.snapshot = snapshot
calls.state.restore = lambda *a, **k: None


def f(x, word):
    kept["word"] = word
    return x * 2 + 1
