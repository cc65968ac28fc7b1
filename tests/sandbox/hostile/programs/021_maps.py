"""Map memory without touching it, then touch what one got.

Tries: 1/21
Attacks: roomy
Expects: memory_limit
"""

import mmap


def f(x):
    kept = []
    for size in (1 << 44, 1 << 36, 1 << 30, 1 << 28):
        try:
            kept.append(mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | 0x4000))
        except (OSError, ValueError):
            pass
    while True:
        one = mmap.mmap(-1, 1 << 24, flags=mmap.MAP_SHARED)
        one.write(bytes(1 << 24))
        kept.append(one)
