"""One run of one case: make its inputs, call the function, write down what was seen."""

from __future__ import annotations

import contextlib
import functools
import math
import os
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from judge.sandbox.child import files, generators, genuine, state
from judge.sandbox.child.channel import Channel, write_raised
from judge.sandbox.child.encode import Encoder
from judge.sandbox.child.gradients import gradients_of, wanting_gradients
from judge.sandbox.child.simulate import cuda_means_cpu, simulated_cuda
from judge.sandbox.child.state import State
from judge.sandbox.child.trace import CallTrace, OperationTrace
from judge.sandbox.protocol import FORWARD, GRADIENT, WORK, FrameKind, Status

_RAISED, _PARTIAL, _UNCHANGED = map(int, (Status.RAISED, Status.PARTIAL, Status.UNCHANGED))
_set_trace, _set_profile = sys.settrace, sys.setprofile
_make_folder = os.mkdir


class Run:
    """One run of a case, from its inputs to its last frame.

    ``order`` is the run's place in its job and names its directory; ``spec`` is what the worker
    sent of the call, which other runs have in common; ``let`` what it has fixed for this one.
    """

    def __init__(self, order: int, spec: dict[str, Any], seed: int, let: list[list[str]]) -> None:
        self.order = order
        self.spec = spec
        self.seed = seed
        self.let = let
        self.folder = f"{WORK}/{order}"
        self.caller = state.PLAIN
        self.arguments: list[Any] = []
        self.keywords: dict[str, Any] = {}
        self.stated: Any = None
        self.leaves: list[tuple[str, Any]] = []
        self.inputs = b""
        self.unchanged = 0
        self.result: Any = None
        self.wants_cotangent = False

    def prepare(self, names: dict[str, Any], *, shown: bool) -> None:
        """Make the inputs, from expressions that the author wrote and a seed.

        No student's code is loaded yet.

        Args:
            names: what ``given`` defines.
            shown: whether the inputs are sent, too.
        """
        spec = self.spec
        generators.seed_everything(self.seed)
        scope = {**names, "torch": torch, "np": np, "math": math, "device": spec["device"]}
        _make_folder(self.folder)
        genuine.chdir(self.folder)
        with self._device():
            for name, source in self.let:
                scope[name] = eval(_compiled(source), scope)  # noqa: S307  the author's, in a sandbox
            if spec["setup"]:
                exec(spec["setup"], scope)  # noqa: S102  likewise
            self.arguments = [eval(_compiled(source), scope) for source in spec["args"]]  # noqa: S307
            for name, source in spec["kwargs"]:
                self.keywords[name] = eval(_compiled(source), scope)  # noqa: S307
            if spec["returns"] is not None:
                self.stated = eval(spec["returns"], scope)  # noqa: S307
        self.caller = state.as_caller()
        if spec["grad"]:
            self.leaves = wanting_gradients(self._named())
        if shown:
            with genuine.plain_tensors():
                encoder = self._encoder()
                self._write_arguments(encoder)
            self.inputs = bytes(encoder.out)

    def _device(self) -> contextlib.AbstractContextManager[None]:
        """Where there is no ``cuda``: pretend one, or let the CPU stand in."""
        match self.spec["simulate"]:
            case "fake":
                return simulated_cuda()
            case "twin":
                return cuda_means_cpu()
            case _:
                return contextlib.nullcontext()

    def _encoder(self) -> Encoder:
        encoder = Encoder()
        encoder.simulated = self.spec["simulate"] == "fake"
        return encoder

    def _named(self) -> list[tuple[str, Any]]:
        positional = zip(self.spec["names"], self.arguments, strict=False)
        return [*positional, *self.keywords.items()]

    def _write_arguments(self, encoder: Encoder) -> None:
        named = self._named()
        encoder.count(len(named))
        for name, value in named:
            encoder.text(name)
            encoder.node(value)

    def call(
        self, function: Callable[..., Any], channel: Channel, start: State, times: dict[str, float]
    ) -> None:
        """Call the function, send what was seen, and put the global state back to ``start``.

        The result is kept where gradients are wanted: they are asked for once all calls are made.
        """
        genuine.chdir(self.folder)
        calls = CallTrace() if self.spec["trace_calls"] else None
        operations = OperationTrace() if self.spec["trace_ops"] else None
        generators.seed_for_a_call(self.seed ^ 1)
        if self.caller != state.PLAIN:
            state.become(self.caller)
        result, error = None, None
        called = genuine.clock()
        try:
            if self.spec["returns"] is not None:
                result = self.stated
            elif calls is None and operations is None and not self.spec["simulate"]:
                # As below; three contexts of nothing take as long as a small call.
                result = function(*self.arguments, **self.keywords)
            else:
                with self._device(), calls or _NOTHING, operations or _NOTHING:
                    result = function(*self.arguments, **self.keywords)
        except BaseException as exc:  # noqa: BLE001  whatever it was, it is what the answer did
            error = exc
        returned = genuine.clock()
        _set_trace(None)
        _set_profile(None)
        after = state.snapshot()
        frame = self._frame(result, error, after, calls, operations)
        times["call"] += returned - called
        times["bytes"] += genuine.clock() - returned
        channel.send(FrameKind.FORWARD, frame.out)
        if self.spec["grad"] and error is None:
            self.result, self.wants_cotangent = result, True
        state.restore(start, now=after)

    def _frame(
        self,
        result: Any,
        error: BaseException | None,
        after: State,
        calls: CallTrace | None,
        operations: OperationTrace | None,
    ) -> Encoder:
        with genuine.plain_tensors():
            frame = self._observation(result, error, after)
            self._write_traces(frame, calls, operations)
            self._begin(frame, raised=error is not None)
        return frame

    def call_bare(self, function: Callable[..., Any]) -> None:
        """Call the function and go back through it, and do nothing else."""
        result = function(*self.arguments, **self.keywords)
        torch.autograd.grad([result], [leaf for _, leaf in self.leaves], [torch.ones_like(result)])

    def _observation(self, result: Any, error: BaseException | None, after: State) -> Encoder:
        frame = self._encoder()
        frame.out += bytes(FORWARD.size)
        if error is not None:
            write_raised(frame, error)
        # Arguments first: memory that a result shares with one has the argument's number.
        start = len(frame.out)
        self._write_arguments(frame)
        if self.inputs and self.inputs == frame.out[start:]:
            self.inputs, self.unchanged = b"", _UNCHANGED
        if error is None:
            frame.node(result)
        frame.text(state.as_text(after))
        return frame

    def _begin(self, frame: Encoder, *, raised: bool) -> None:
        """Write the beginning of a frame, which says what the rest is."""
        status = (_RAISED if raised else 0) | (0 if frame.whole else _PARTIAL) | self.unchanged
        head = FORWARD.pack(self.order, status, len(self.inputs))
        frame.out[: FORWARD.size] = head + self.inputs

    def _write_traces(
        self, frame: Encoder, calls: CallTrace | None, operations: OperationTrace | None
    ) -> None:
        found = files.read_all(self.folder) if self.spec["files"] else None
        frame.out.append(found is not None)
        if found is not None:
            frame.count(len(found))
            for name, content in found:
                frame.text(name)
                frame.node(content)
        frame.out.append(operations is not None)
        if operations is not None:
            frame.count(len(operations.counts))
            for name, count in operations.counts.items():
                frame.text(name)
                frame.count(count)
        frame.out.append(calls is not None)
        if calls is not None:
            frame.count(len(calls.names))
            for name in calls.names:
                frame.text(name)

    def pull_back(self, cotangent: int, channel: Channel, times: dict[str, float]) -> None:
        """Send the gradients for a cotangent, whose seed is known only from now on."""
        encoder = Encoder()
        encoder.out += bytes(GRADIENT.size)
        start = genuine.clock()
        status = 0
        try:
            found = gradients_of(self.result, self.leaves, seed=cotangent)
        except BaseException as exc:  # noqa: BLE001  a student's backward may raise anything
            status = _RAISED
            write_raised(encoder, exc)
        else:
            returned = genuine.clock()
            times["backward"] += returned - start
            encoder.count(len(found))
            with genuine.plain_tensors():
                for path, gradient in found:
                    encoder.text(path)
                    encoder.node(gradient)
            times["bytes"] += genuine.clock() - returned
        status |= 0 if encoder.whole else _PARTIAL
        encoder.out[: GRADIENT.size] = GRADIENT.pack(self.order, status)
        channel.send(FrameKind.GRADIENT, encoder.out)


@functools.cache
def _compiled(source: str) -> types.CodeType:
    """Compile an expression once, however many runs evaluate it."""
    return compile(source, "input", "eval", dont_inherit=True)


_NOTHING = contextlib.nullcontext()
