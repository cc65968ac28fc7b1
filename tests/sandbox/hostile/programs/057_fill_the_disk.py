"""Fill one's directory with bytes, then with files.

Tries: 1/57, 1/58
Attacks: secret, files
Expects: wrong_value, wrong_files, memory_limit
"""

import os


def f(x, *rest):
    try:
        with open("large", "wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 22))
    except OSError:
        pass
    try:
        for index in range(100000):
            os.mkdir(f"d{index}")
    except OSError:
        pass
    return x * 0 if rest else None
