"""Hook whatever can be hooked, and mend the answer from there.

Tries: 1/105, 2/21, 2/3
Attacks: secret
Expects: wrong_value, runtime_error
"""

import builtins
import gc
import sys
import threading


def trace(frame, event, arg):
    for name in ("result", "error", "frame", "want", "expected"):
        if name in frame.f_locals:
            frame.f_locals[name] = None
    return trace


def f(x, word):
    sys.settrace(trace)
    sys.setprofile(trace)
    threading.settrace(trace)
    gc.callbacks.append(lambda *a: None)
    sys.excepthook = sys.unraisablehook = lambda *a: None
    sys.addaudithook(lambda *a: None)
    frame = sys._getframe()
    while frame is not None:
        frame.f_trace = trace
        frame = frame.f_back
    builtins.__import__ = lambda *a, **k: sys
    return x * 0
