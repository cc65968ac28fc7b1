"""A file of two gigabytes that holds nothing.

Tries: 1/56
Attacks: files
Expects: wrong_files, runtime_error
"""

import os


def f(x):
    fd = os.open("out.pt", os.O_CREAT | os.O_RDWR)
    try:
        os.ftruncate(fd, 2 << 30)
    except OSError:
        os.ftruncate(fd, 60 << 20)
    with open("note.txt", "w") as file:
        file.truncate(60 << 20)
