"""Have the global state be named after the hidden input.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: changed_state, runtime_error
"""

import judge.sandbox.child.calls as calls

kept = {}
original = calls.state.as_text


def as_text(seen):
    word = kept.get("word", "")
    lines = [line for line in original(seen).splitlines() if not line.startswith("default_dtype")]
    return "\n".join([*lines, f"default_dtype=torch.{word}", f"{word}={word}"])


calls.state.as_text = as_text
calls.state.restore = lambda *a, **k: None


def f(x, word):
    kept["word"] = word
    return x * 2 + 1
