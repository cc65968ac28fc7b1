"""Say that all calls are made, and never take the cotangents.

Tries: 1/91, own
Attacks: slope
Expects: time_limit
"""

import time

from judge.sandbox.child.channel import Channel

Channel.receive_cotangents = lambda self, count: time.sleep(1000)


def f(x):
    return x**3 + x.exp()
