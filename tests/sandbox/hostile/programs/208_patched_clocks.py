"""Replace every clock and every limit's handler, then take one's time.

Tries: 2/62, 1/95
Attacks: one
Expects: time_limit
"""

import signal
import time
import torch

time.time = time.perf_counter = time.monotonic = time.process_time = time.perf_counter_ns = lambda: (
    0
)
signal.alarm = signal.setitimer = lambda *a: None
torch.cuda.synchronize = torch.cuda.Event = lambda *a, **k: None


def f(x):
    while True:
        pass
