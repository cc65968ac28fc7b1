"""The global state that a call may change: read it, and put it back before the next call."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import torch

from judge.sandbox.child import generators, genuine


class State(NamedTuple):
    """Settings as they are, and names of the generators' states."""

    settings: tuple[Any, ...]
    generators: generators.Digests


def snapshot() -> State:
    """Read the global state."""
    return State(
        (
            genuine.is_grad_enabled(),
            genuine.is_inference(),
            genuine.is_autocast("cpu"),
            genuine.is_anomaly(),
            genuine.get_default_dtype(),
            _default_device(),
            genuine.get_num_threads(),
            genuine.is_deterministic(),
        ),
        generators.digests(),
    )


def as_text(state: State) -> str:
    """Return a line ``name=value`` for each part of the state."""
    torchs, numpys, pythons = state.generators
    return (
        f"{_settings(state.settings)}\n"
        f"rng_torch={torchs:08x}\nrng_numpy={numpys:08x}\nrng_python={pythons:08x}"
    )


@functools.lru_cache(maxsize=64)
def _settings(values: tuple[Any, ...]) -> str:
    grad, inference, autocast, anomaly, dtype, device, threads, deterministic = values
    return "\n".join(
        (
            f"grad_mode={'on' if grad else 'off'}",
            f"inference_mode={'on' if inference else 'off'}",
            f"autocast={'on' if autocast else 'off'}",
            f"anomaly_mode={'on' if anomaly else 'off'}",
            f"default_dtype={dtype}",
            f"default_device={device}",
            f"num_threads={threads}",
            f"deterministic={str(deterministic).lower()}",
        )
    )


def _default_device() -> str:
    # torch keeps it as a function mode on a stack; the public function builds a tensor to tell.
    mode = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)  # noqa: SLF001
    return "cpu" if mode is None else str(mode.device)


Caller = tuple[bool, torch.dtype]
"""What a case may set up for its call and no other: the grad mode, and the default dtype."""

PLAIN: Caller = (True, torch.float32)


def as_caller() -> Caller:
    """Read what a case has set up, and put it back to what is usual until its call."""
    caller = genuine.is_grad_enabled(), genuine.get_default_dtype()
    if caller != PLAIN:
        become(PLAIN)
    return caller


def become(caller: Caller) -> None:
    """Set up the state that a case's caller has."""
    genuine.set_grad_enabled(caller[0])
    genuine.set_default_dtype(caller[1])


def restore(start: State, *, now: State) -> None:
    """Put back what ``snapshot`` saw, generators aside; those are seeded before each call."""
    if start.settings != now.settings:
        _put_back(start.settings, now.settings)
    genuine.set_grad_enabled(True)


def _put_back(start: tuple[Any, ...], now: tuple[Any, ...]) -> None:
    _, inference, autocast, anomaly, dtype, device, threads, deterministic = (
        was != changed for was, changed in zip(start, now, strict=True)
    )
    if inference:
        # There is no setter: a guard of the other kind, kept for good, outweighs the one left.
        _guards.append(genuine.InferenceMode(False))  # noqa: FBT003  a C function's only argument
    if autocast:
        torch.set_autocast_enabled("cpu", False)  # noqa: FBT003  likewise
    if anomaly:
        torch.set_anomaly_enabled(False)
    if dtype:
        genuine.set_default_dtype(torch.float32)
    if device:
        torch.set_default_device(None)
    if threads:
        genuine.set_num_threads(start[_THREADS])
    if deterministic:
        torch.use_deterministic_algorithms(mode=False)


_THREADS = 6
_guards: list[object] = []
