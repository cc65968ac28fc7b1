"""Say everything that an honest child would say, with zeros for an answer, and leave.

Tries: 1/91, 1/102, 2/1, 2/2, 2/5, 2/6
Attacks: secret, slope
Expects: wrong_value
"""

import os
import struct
import sys

from judge.sandbox.child.calls import Run
from judge.sandbox.child.channel import Channel
from judge.sandbox.child import state
from judge.sandbox.protocol import FrameKind
import torch

frame = sys._getframe()
while (
    "channel" not in frame.f_locals
    or "runs" not in frame.f_back.f_locals
    and "runs" not in frame.f_locals
):
    frame = frame.f_back
channel = frame.f_locals["channel"]
while "runs" not in frame.f_locals:
    frame = frame.f_back
runs = frame.f_locals["runs"]


def f(x, *rest):
    for run in runs:
        send = run._observation(torch.zeros(4), None, state.snapshot())
        run._write_traces(send, None, None)
        run._begin(send, raised=False)
        channel.send(FrameKind.FORWARD, send.out)
    waiting = [run for run in runs if run.spec["grad"]]
    channel.receive_cotangents(len(runs))
    for run in waiting:
        gradient = struct.pack("<IBI", run.order, 0, 0)
        channel.send(FrameKind.GRADIENT, gradient)
    channel.send(FrameKind.DONE, b"{}")
    os._exit(0)
