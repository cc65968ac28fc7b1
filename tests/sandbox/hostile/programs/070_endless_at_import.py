"""Print for ever before the function is defined.

Tries: 1/69, 2/79
Attacks: one
Expects: output_limit
"""

import os

while True:
    os.write(1, b"x" * 4096)
