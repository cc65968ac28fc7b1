"""A tree of directories too deep to walk, and directories that nobody may enter.

Tries: 1/63
Attacks: files
Expects: wrong_files, runtime_error
"""

import os


def f(x):
    os.mkdir("closed")
    with open("closed/file", "w") as file:
        file.write("x")
    os.chmod("closed", 0)
    for _ in range(1800):
        try:
            os.mkdir("d")
            os.chdir("d")
        except OSError:
            break
