"""Say that all calls are made, and never take the cotangents.

Tries: 1/91, own
Attacks: slope
Expects: time_limit
"""

import time

from judge.sandbox.child.channel import Channel

Channel.receive_cotangent = lambda self: time.sleep(1000)


def f(x):
    return x**3 + x.exp()
