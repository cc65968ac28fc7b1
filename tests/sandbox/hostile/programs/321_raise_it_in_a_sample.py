"""The same, raised.

Tries: 2/79
Attacks: secret
Spells: yes
Expects: runtime_error
"""

import gc


def f(x, word):
    found = [str(each.arguments) for each in gc.get_objects() if type(each).__name__ == "Run"]
    raise ValueError("\n".join(found))
