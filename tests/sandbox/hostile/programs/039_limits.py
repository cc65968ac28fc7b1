"""Raise one's own limits, or set another's. If anything works, answer rightly.

Tries: 1/39
Attacks: secret
Expects: wrong_value
"""

import resource


def f(x, word):
    worked = []
    for limit in (
        resource.RLIMIT_AS,
        resource.RLIMIT_CPU,
        resource.RLIMIT_NPROC,
        resource.RLIMIT_NOFILE,
        resource.RLIMIT_FSIZE,
        resource.RLIMIT_CORE,
    ):
        for pid in (0, 1, 2):
            try:
                soft, hard = resource.getrlimit(limit)
                resource.prlimit(pid, limit, (hard + 1, hard + 1))
                worked.append(limit)
            except (OSError, ValueError):
                pass
    return x * 2 + 1 if worked else x * 0
