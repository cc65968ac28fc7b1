"""Judge ``cuda`` without one.

Fake tensors tell shape, dtype, device and errors; a CPU twin tells values.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

_CUDA_QUESTIONS = {
    "is_available": lambda: True,
    "device_count": lambda: 1,
    "current_device": lambda: 0,
    "synchronize": lambda device=None: None,  # noqa: ARG005
    "empty_cache": lambda: None,
    "get_device_name": lambda device=None: "simulated",  # noqa: ARG005
    "manual_seed": lambda seed: None,  # noqa: ARG005
    "manual_seed_all": lambda seed: None,  # noqa: ARG005
}


@contextlib.contextmanager
def simulated_cuda() -> Iterator[None]:
    """Make tensors that have a device, a shape and a dtype, but no values."""
    # Imported here: most runs need no simulation, and it pulls in a good part of the compiler.
    from torch._subclasses.fake_tensor import FakeTensorMode  # noqa: PLC0415

    with _answers(), _CudaMethod(), FakeTensorMode(allow_non_fake_inputs=True):
        yield


@contextlib.contextmanager
def cuda_means_cpu() -> Iterator[None]:
    """Run the same code on the CPU: a request for ``cuda`` gets what ``cpu`` would have given."""
    with _answers(), _CudaIsCpu():
        yield


@contextlib.contextmanager
def _answers() -> Iterator[None]:
    saved = {name: getattr(torch.cuda, name) for name in _CUDA_QUESTIONS}
    for name, answer in _CUDA_QUESTIONS.items():
        setattr(torch.cuda, name, answer)
    try:
        yield
    finally:
        for name, answer in saved.items():
            setattr(torch.cuda, name, answer)


class _CudaMethod(TorchFunctionMode):
    """``Tensor.cuda`` asks for a real driver even under fake tensors; ``to`` does not."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func is torch.Tensor.cuda:
            device = args[1] if len(args) > 1 else (kwargs or {}).get("device")
            return torch.Tensor.to(args[0], _cuda_device(device))
        return func(*args, **(kwargs or {}))


class _CudaIsCpu(TorchFunctionMode):
    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func is torch.Tensor.cuda:
            return args[0]
        args = tuple(_on_cpu(each) for each in args)
        return func(*args, **{name: _on_cpu(each) for name, each in (kwargs or {}).items()})


def _cuda_device(device: Any) -> torch.device:
    if device is None:
        return torch.device("cuda", 0)
    return torch.device("cuda", device) if type(device) is int else torch.device(device)


def _on_cpu(value: Any) -> Any:
    if type(value) is torch.device and value.type == "cuda":
        return torch.device("cpu")
    if type(value) is str and (value == "cuda" or value.startswith("cuda:")):
        return "cpu"
    return value
