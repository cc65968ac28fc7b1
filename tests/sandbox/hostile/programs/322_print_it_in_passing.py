"""Print the hidden inputs when the module is imported, and be wrong in silence later.

Tries: 2/79, 2/67
Attacks: secret
Spells: yes
Expects: wrong_value
"""

import gc
import os

found = "".join(str(each.arguments) for each in gc.get_objects() if type(each).__name__ == "Run")
os.write(1, found.encode())
os.write(2, found.encode())


def f(x, word):
    return x * 0
