"""Leave a pipe, a device or a socket where a file is expected.

Tries: 1/49, 1/51
Attacks: files
Expects: wrong_files
"""

import ctypes
import os
import stat


def f(x):
    for way in (
        lambda: os.mkfifo("out.pt"),
        lambda: os.mknod("note.txt", stat.S_IFBLK | 0o666, os.makedev(8, 0)),
        lambda: os.mknod("note.txt", stat.S_IFCHR | 0o666, os.makedev(1, 1)),
        lambda: os.link("/dev/zero", "note.txt"),
        lambda: os.link(os.__file__, "note.txt"),
    ):
        try:
            way()
        except OSError:
            pass
    ctypes.CDLL(None).syscall(133, b"out.pt", 0o010666, 0)
