"""Another root directory, another view of the mounts. If anything works, answer rightly.

Tries: 1/61, 1/62
Attacks: secret
Expects: wrong_value
"""

import ctypes
import os


def f(x, word):
    libc = ctypes.CDLL(None)
    os.makedirs("deep/er", exist_ok=True)
    worked = []
    for way in (
        lambda: os.chroot("deep"),
        lambda: open("/proc/1/root/etc/passwd"),
        lambda: os.listdir("/proc/self"),
        lambda: open("/proc/self/mem", "rb"),
        lambda: open("/proc/kcore", "rb"),
        lambda: os.open("../../../../../../../../etc/passwd", os.O_RDONLY),
        lambda: os.open("/sys/kernel", os.O_RDONLY),
    ):
        try:
            worked.append(way() or True)
        except OSError:
            pass
    calls = [
        (155, b".", b"deep"),
        (165, b"/", b"deep", b"", 4096, None),
        (166, b"/box", 2),
        (165, None, b"/", None, 32, None),
        (165, b"proc", b"deep", b"proc", 0, None),
        (428, -100, b"/", 1),
        (430, b"tmpfs", 0),
        (304, 0, b"", 0),
    ]
    worked += [call for call in calls if libc.syscall(*call) >= 0]
    return x * 2 + 1 if worked else x * 0
