"""End with a frame of hostile JSON: numbers without end, NaN, deep nesting, lone surrogates.

Tries: 1/91, 1/78, own
Attacks: secret
Expects: wrong_value
"""

import sys

frame = sys._getframe()
while "times" not in frame.f_locals or "channel" not in frame.f_locals:
    frame = frame.f_back
channel = frame.f_locals["channel"]
send = type(channel).send


def forged(self, kind, payload=b""):
    if kind == 7:
        payload = (
            b'{"stages_s": {"a": 1'
            + b"0" * 400
            + b', "b": NaN, "\\ud800\\u0000": -Infinity, "c": 1e999},'
            b'"modules": [' + b"[" * 500 + b"]" * 500 + b', {"__name__": 1}, "unittest.__main__"]}'
        )
    send(self, kind, payload)


type(channel).send = forged


def f(x, word):
    return x * 0
