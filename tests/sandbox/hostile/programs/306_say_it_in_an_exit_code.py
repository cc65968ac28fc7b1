"""Leave with the hidden input for an exit code.

Tries: 2/79, 1/102
Attacks: secret
Spells: yes
Expects: runtime_error
"""

import os


def f(x, word):
    os._exit(int(x[2]))
