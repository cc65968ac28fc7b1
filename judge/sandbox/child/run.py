"""One job in a confined child: check the answer, make the inputs, load the answer, run it."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import types
from collections import defaultdict
from itertools import takewhile
from typing import Any

from judge.sandbox.child import confine, genuine, state
from judge.sandbox.child.calls import Run
from judge.sandbox.child.channel import Channel, write_raised
from judge.sandbox.child.encode import Encoder
from judge.sandbox.child.source import check_source, new_module
from judge.sandbox.protocol import LENGTH, MODULE, WORK, FrameKind

_GC_THRESHOLD = 5000
"""New objects before the collector looks: Python's own 700 is passed several times in a judging."""
_ROOM_BYTES = 100_000
"""Below 128 KiB, from where on the C library asks the kernel for each block anew."""
_SOURCE_STATUS = {"syntax": 1, "deep": 2, "forbidden": 3}


class Over(Exception):
    """The job ends here; everything has been sent."""


def serve_one_job(channel: Channel, *, confine_s: float, rehearsed: bool) -> None:
    """Say that this child is ready, wait for a job, do it, and wait to be killed.

    Args:
        channel: to the worker.
        confine_s: how long its confinement took, for the figures.
        rehearsed: whether there is time to rehearse before the job comes.
    """
    start = genuine.clock()
    genuine.take_outputs()
    gc.set_threshold(_GC_THRESHOLD)
    gc.enable()
    if rehearsed:
        rehearse()
    _serve(channel, {"confine": confine_s, "rehearse": genuine.clock() - start})
    # Nothing more is sent. Reading ends when the worker closes its end, or kills us first.
    channel.receive_job()


def _serve(channel: Channel, about: dict[str, float]) -> None:
    channel.send(FrameKind.READY, json.dumps(about).encode())
    job = channel.receive_job()
    if "address_space_bytes" in job:  # not in a rehearsal, which may be the zygote's own
        confine.limit_run(address_space_bytes=job["address_space_bytes"], cpu_s=job["cpu_s"])
    times: dict[str, float] = defaultdict(float)
    with contextlib.suppress(Over):
        _judge(job, channel, times)
    done = {"stages_s": times, "modules": _new_modules() if job["author"] else []}
    channel.send(FrameKind.DONE, json.dumps(done).encode())


_CALL = {
    "setup": "",
    "args": ["torch.randn(2, 3, 4).requires_grad_()", "torch.randn(2, 4, 5).requires_grad_()"],
    "kwargs": [],
    "names": ["a", "b"],
    "device": "cpu",
    "simulate": "",
    "grad": True,
    "files": False,
    "trace_ops": False,
    "trace_calls": False,
    "returns": None,
}
_JOB = {
    "source": "import torch\ndef f(a, b):\n    return torch.bmm(a, b).relu() * 2 + a.sum()\n",
    "function": "f",
    "given": "import torch",
    "forbid": [],
    "require": [],
    "author": False,
    "bare": False,
    "marker": "",
    "calls": [_CALL],
    "runs": [(0, 1, [])],
    "cotangents": [1],
}
_REHEARSED = json.dumps(_JOB).encode()


class _Rehearsal(Channel):
    """A channel from which a small job comes, to nobody."""

    def __init__(self, nobody: int) -> None:
        super().__init__(nobody, nobody)
        self._coming = LENGTH.pack(len(_REHEARSED)) + _REHEARSED

    def _exactly(self, count: int) -> bytes:
        part, self._coming = self._coming[:count], self._coming[count:]
        return part


def rehearse() -> None:
    """Judge a small answer to nobody, while nobody waits.

    A fresh clone has none of its pages mapped; touching them first costs three times what the
    judging itself does.
    """
    nobody = os.open(os.devnull, os.O_WRONLY)
    _serve(_Rehearsal(nobody), {"confine": 0.001, "rehearse": 0.001})
    os.close(nobody)
    os.rmdir(f"{WORK}/0")  # noqa: PTH106  one call less of Python in every child
    sys.modules.pop(MODULE, None)
    # What a job needs comes from above all that is there. This maps it, and gives it back.
    bytearray(_ROOM_BYTES)


def _judge(job: dict[str, Any], channel: Channel, times: dict[str, float]) -> None:
    start = genuine.clock()
    code = _checked(job, channel)
    times["source"] += genuine.clock() - start
    start = genuine.clock()
    module = new_module()
    runs = _prepared(job, module, channel)
    times["inputs"] += genuine.clock() - start
    start = genuine.clock()
    function = _loaded(code, module, job["function"], channel)
    times["load"] += genuine.clock() - start
    if job["bare"]:
        for run in runs:
            run.call_bare(function)
        return
    before = state.snapshot()
    for run in runs:
        run.call(function, channel, before, times)
    cotangents = job["cotangents"]
    if cotangents is None and any(run.wants_cotangent for run in runs):
        # All forward results are out by now; only then does the worker give these away.
        cotangents = channel.receive_cotangents(len(runs))
    for run in runs:
        if run.wants_cotangent:
            run.pull_back(cotangents[run.order], channel, times)


def _checked(job: dict[str, Any], channel: Channel) -> Any:
    code, problem, uses = check_source(job["source"], job["forbid"], job["require"])
    encoder = Encoder()
    if problem is None:
        encoder.out.append(0)
        encoder.count(len(uses))
        for rule in uses:
            encoder.text(rule)
        channel.send(FrameKind.SOURCE, encoder.out)
        return code
    encoder.out.append(_SOURCE_STATUS[problem.kind])
    encoder.text(problem.detail[:500])
    encoder.count(len(problem.spots))
    for line, column, rule, what in problem.spots:
        encoder.count(line)
        encoder.count(column)
        encoder.text(rule[:500])
        encoder.text(what[:500])
    channel.send(FrameKind.SOURCE, encoder.out)
    raise Over


def _prepared(job: dict[str, Any], module: types.ModuleType, channel: Channel) -> list[Run]:
    """Make every run's inputs; where that fails it is the author's fault, and said to be."""
    order = -1
    start = state.snapshot()
    try:
        exec(compile(job["given"], "given.py", "exec"), module.__dict__)  # noqa: S102  the author's
        names = dict(module.__dict__)
        runs = []
        for order, (call, seed, let) in enumerate(job["runs"]):
            run = Run(order, job["calls"][call], seed, let)
            run.prepare(names, shown=job["author"])
            runs.append(run)
    except BaseException as exc:
        encoder = Encoder()
        encoder.count(order + 1)
        write_raised(encoder, exc)
        channel.send(FrameKind.FAULT, encoder.out)
        raise Over from exc
    state.restore(start, now=state.snapshot())
    genuine.chdir(WORK)
    channel.send(FrameKind.PREPARED)
    return runs


def _loaded(code: Any, module: types.ModuleType, name: str, channel: Channel) -> Any:
    encoder = Encoder()
    function = None
    try:
        exec(code, module.__dict__)  # noqa: S102  what this process is for
        function = module.__dict__.get(name)
        status = 2 if name not in module.__dict__ else 0 if callable(function) else 3
        encoder.out.append(status)
    except BaseException as exc:  # noqa: BLE001  whatever it was, it is what the answer did
        status = 1
        encoder.out.append(status)
        write_raised(encoder, exc)
    channel.send(FrameKind.LOADED, encoder.out)
    if status:
        raise Over
    return function


_known: set[str] = set()


def note_modules() -> None:
    """Remember what is imported.

    In the zygote: in a child it would touch, and so copy, the name of every module.
    """
    _known.clear()
    _known.update(sys.modules)


def _new_modules() -> list[str]:
    """What this job made Python import, in that order, for the zygote to import for the next.

    It stands at the end. To look at what stands before would copy a page for each of 3,000 names.
    """
    new = list(takewhile(lambda name: name not in _known, reversed(sys.modules)))
    found = []
    for name in reversed(new):
        spec = getattr(sys.modules[name], "__spec__", None)
        if spec is not None and spec.origin is not None:
            found.append(name)
    return found
