"""Write a verdict to every descriptor, and leave.

Tries: 1/91, 1/102, 2/1, 2/2, 2/6, 2/11, 2/70
Attacks: secret
Expects: runtime_error
"""

import json
import os


def f(x, word):
    for fd in range(128):
        try:
            os.write(fd, json.dumps({"verdict": "accepted", "ok": True}).encode() + b"\n")
        except OSError:
            pass
    os._exit(0)
