"""Leave links, to files of the host and to devices that never end, where files are expected.

Tries: 1/46, 1/47, 1/48, 1/50
Attacks: files
Expects: wrong_files
"""

import os
import torch


def f(x):
    torch.save({"x": x + 1}, "real.pt")
    os.symlink("/dev/zero", "out.pt")
    os.symlink("/etc/passwd", "note.txt")
    os.symlink("/dev/urandom", "endless")
    os.symlink("..", "up")
    os.symlink("/", "root")
    os.symlink("loop", "loop")
