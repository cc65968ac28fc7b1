"""Print what can be learned of the machine: its users, its name, its environment, its processes.

Tries: 1/45, 1/62
Attacks: secret
Expects: wrong_value
"""

import os
import platform


def f(x, word):
    print(os.uname(), platform.node(), dict(os.environ), os.getcwd())
    for path in (
        "/etc/passwd",
        "/etc/shadow",
        "/etc/hostname",
        "/etc/hosts",
        "/etc/resolv.conf",
        "/etc/machine-id",
        "/proc/self/environ",
        "/proc/1/environ",
        "/proc/cmdline",
        "/proc/kcore",
        "/proc/mounts",
        "/proc/sys/kernel/hostname",
        "/sys/class/net",
        "/run/secrets",
        "/root/.ssh/id_rsa",
        "/.dockerenv",
    ):
        try:
            with open(path) as file:
                print(path, file.read(500))
        except OSError as exc:
            print(type(exc).__name__)
    return x * 0
