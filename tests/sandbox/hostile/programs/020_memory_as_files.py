"""Keep memory where it is not counted: memfd, shared memory, a tmpfs. If 512 MB fit, answer rightly.

Tries: 1/20, 1/57, 1/85
Attacks: one
Expects: wrong_value
"""

import ctypes
import os


def fill(fd):
    taken = 0
    try:
        while taken < 512 << 20:
            taken += os.write(fd, bytes(1 << 20))
    except OSError:
        pass
    return taken


def f(x):
    taken = 0
    for make in (
        lambda: os.memfd_create("m"),
        lambda: ctypes.CDLL(None).syscall(319, b"m", 0),
        lambda: os.open("/dev/shm/hostile-was-here", os.O_CREAT | os.O_RDWR),
        lambda: os.open("/tmp/hostile-was-here", os.O_CREAT | os.O_RDWR),
        lambda: os.open("a", os.O_CREAT | os.O_RDWR),
        lambda: os.open("b", os.O_CREAT | os.O_RDWR),
    ):
        try:
            taken += fill(make())
        except OSError:
            pass
    return x * 2 + 1 if taken > 256 << 20 else x * 0
