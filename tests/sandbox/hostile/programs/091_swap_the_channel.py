"""Put a pipe of one's own in place of the channel.

Tries: 1/91, 1/92, 2/5
Attacks: one
Expects: runtime_error, time_limit
"""

import os


def f(x):
    ours, theirs = os.pipe()
    for fd in range(3, 64):
        if fd not in (ours, theirs):
            try:
                os.fstat(fd)
                os.dup2(theirs, fd)
            except OSError:
                pass
    return x * 2 + 1
