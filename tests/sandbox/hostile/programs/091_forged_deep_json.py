"""End with JSON nested without end, or with no object at all.

Tries: 1/91, own
Attacks: one
Runs: 3
Expects: wrong_value
"""

import random
import sys

frame = sys._getframe()
while "times" not in frame.f_locals or "channel" not in frame.f_locals:
    frame = frame.f_back
channel = frame.f_locals["channel"]
send = type(channel).send
PAYLOADS = [
    b"[" * 400_000,
    b'{"stages_s": ["a"], "modules": 7}',
    b'{"a":' * 80_000,
    b"\xff\xfe",
    b'{"stages_s": 5}',
    b'{"stages_s": {"a": [1]}, "modules": {"a": 1}}',
    b"7" * 5000,
    b'{"stages_s": {"a": "x"}}',
]


def forged(self, kind, payload=b""):
    send(self, kind, random.SystemRandom().choice(PAYLOADS) if kind == 7 else payload)


type(channel).send = forged


def f(x):
    return x * 0
