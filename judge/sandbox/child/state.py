"""The global state that a call may change: read it, and put it back before the next call."""

from __future__ import annotations

import functools
import random
from typing import Any

import numpy as np
import torch

from judge.sandbox.child import genuine

# The memory that the generators live in: asking for their states takes 90 us, reading it takes 1.
_TWISTER_BYTES = 625 * 4
"""Both are Mersenne twisters: 624 words and an index."""
_NUMPY_STATE = genuine.memory_of(
    np.random.mtrand._rand._bit_generator.ctypes.state_address,  # noqa: SLF001
    _TWISTER_BYTES,
)
_PYTHON_STATE = genuine.memory_of(
    id(random._inst) + object.__basicsize__,  # noqa: SLF001
    _TWISTER_BYTES,
)


def seed_everything(seed: int) -> None:
    """Seed torch, NumPy and Python, so that a call draws the same numbers in every child."""
    genuine.seed_torch(genuine.default_generator, seed)
    genuine.seed_numpy(seed & 0xFFFFFFFF)
    genuine.seed_python(seed)


def seed_for_a_call(seed: int) -> None:
    """Seed everything, then draw a little: seeding anew must not be the same as never drawing."""
    seed_everything(seed)
    genuine.rand(1)
    genuine.draw_numpy()
    genuine.draw_python()


def snapshot() -> list[tuple[str, str]]:
    """Read the global state as names and short texts; generators as digests of their states."""
    with genuine.no_overrides():
        # By way of NumPy, which looks: under a mode that was left on, this may be any tensor.
        torch_rng = genuine.to_numpy(genuine.torch_state(genuine.default_generator))
    values = (
        genuine.is_grad_enabled(),
        genuine.is_inference(),
        genuine.is_autocast("cpu"),
        genuine.is_anomaly(),
        genuine.get_default_dtype(),
        _default_device(),
        genuine.get_num_threads(),
        genuine.is_deterministic(),
    )
    return [
        *_settings(values),
        ("rng_torch", genuine.digest(genuine.array_bytes(torch_rng))),
        ("rng_numpy", genuine.digest(_NUMPY_STATE)),
        ("rng_python", genuine.digest(_PYTHON_STATE)),
    ]


@functools.lru_cache(maxsize=64)
def _settings(values: tuple[Any, ...]) -> tuple[tuple[str, str], ...]:
    grad, inference, autocast, anomaly, dtype, device, threads, deterministic = values
    return (
        ("grad_mode", "on" if grad else "off"),
        ("inference_mode", "on" if inference else "off"),
        ("autocast", "on" if autocast else "off"),
        ("anomaly_mode", "on" if anomaly else "off"),
        ("default_dtype", str(dtype)),
        ("default_device", device),
        ("num_threads", str(threads)),
        ("deterministic", str(deterministic).lower()),
    )


def _default_device() -> str:
    # torch keeps it as a function mode on a stack; the public function builds a tensor to tell.
    mode = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)  # noqa: SLF001
    return "cpu" if mode is None else str(mode.device)


_SETTINGS = 8
"""How many there are; the generators come behind them."""

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


def restore(start: list[tuple[str, str]], *, now: list[tuple[str, str]]) -> None:
    """Put back what ``snapshot`` saw, generators aside; those are seeded before each call."""
    if start[:_SETTINGS] != now[:_SETTINGS]:
        _put_back(dict(set(start) - set(now)))
    genuine.set_grad_enabled(True)


def _put_back(changed: dict[str, str]) -> None:
    if "inference_mode" in changed:
        # There is no setter: a guard of the other kind, kept for good, outweighs the one left.
        _guards.append(genuine.InferenceMode(False))  # noqa: FBT003  a C function's only argument
    if "autocast" in changed:
        torch.set_autocast_enabled("cpu", False)  # noqa: FBT003  likewise
    if "anomaly_mode" in changed:
        torch.set_anomaly_enabled(False)
    if "default_dtype" in changed:
        genuine.set_default_dtype(torch.float32)
    if "default_device" in changed:
        torch.set_default_device(None)
    if "num_threads" in changed:
        genuine.set_num_threads(int(changed["num_threads"]))
    if "deterministic" in changed:
        torch.use_deterministic_algorithms(mode=False)


_guards: list[object] = []
