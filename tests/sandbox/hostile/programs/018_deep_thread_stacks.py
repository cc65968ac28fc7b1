"""Threads with huge stacks, each gone down.

Tries: 1/18, 1/21
Attacks: secret
Expects: runtime_error, memory_limit
"""

import threading


def f(x, word):
    threading.stack_size(1 << 30)
    threads = [threading.Thread(target=lambda: f(x, word)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return x * 0
