"""The global state that a call may change: read it, and put it back before the next call."""

from __future__ import annotations

import random

import numpy as np
import torch

from judge.sandbox.child import genuine

_DIGEST_BYTES = 8


def _digest(data: bytes) -> str:
    return genuine.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def seed_everything(seed: int) -> None:
    """Seed torch, NumPy and Python, so that a call draws the same numbers in every child."""
    genuine.seed_torch(genuine.default_generator, seed)
    genuine.seed_numpy(seed & 0xFFFFFFFF)
    genuine.seed_python(seed)


def snapshot() -> list[tuple[str, str]]:
    """Read the global state as names and short texts; generators as digests of their states."""
    with genuine.plain_tensors():
        torch_rng = genuine.array_bytes(genuine.to_numpy(genuine.torch_state(genuine.default_generator)))
    numpy_rng = genuine.numpy_state()
    return [
        ("grad_mode", "on" if genuine.is_grad_enabled() else "off"),
        ("default_dtype", str(genuine.get_default_dtype())),
        ("default_device", _default_device()),
        ("num_threads", str(genuine.get_num_threads())),
        ("deterministic", str(torch._C._get_deterministic_algorithms()).lower()),  # noqa: SLF001
        ("rng_torch", _digest(torch_rng)),
        ("rng_numpy", _digest(numpy_rng[1].tobytes() + bytes([numpy_rng[2] & 255, numpy_rng[2] >> 8]))),
        ("rng_python", _digest(repr(genuine.python_state()).encode())),
    ]


def _default_device() -> str:
    # torch keeps it as a function mode on a stack; asking for it by the public function builds a tensor.
    mode = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)  # noqa: SLF001
    return "cpu" if mode is None else str(mode.device)


def restore(start: list[tuple[str, str]]) -> None:
    """Put back what ``snapshot`` saw, generators aside; those are seeded before each call."""
    now = dict(snapshot())
    then = dict(start)
    genuine.set_grad_enabled(True)
    if now["default_dtype"] != then["default_dtype"]:
        genuine.set_default_dtype(torch.float32)
    if now["default_device"] != then["default_device"]:
        torch.set_default_device(None)
    if now["num_threads"] != then["num_threads"]:
        genuine.set_num_threads(int(then["num_threads"]))
    if now["deterministic"] != then["deterministic"]:
        torch.use_deterministic_algorithms(mode=False)
