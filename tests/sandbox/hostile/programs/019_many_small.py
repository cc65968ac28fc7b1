"""Stay under the limit in each of many: children if there can be any, else threads.

Tries: 1/19
Attacks: roomy
Expects: memory_limit
"""

import os
import threading

kept = []
failed = []


def take():
    try:
        kept.append(bytearray(64 << 20))
    except MemoryError as exc:
        failed.append(exc)


def f(x):
    for _ in range(16):
        try:
            if os.fork() == 0:
                take()
                os._exit(0)
        except OSError:
            pass
        thread = threading.Thread(target=take)
        thread.start()
        thread.join()
    if failed:
        raise failed[0]
    return x * 2 + 1
