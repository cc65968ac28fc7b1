"""Judge ``cuda`` without one.

Fake tensors tell shape, dtype, device and errors; a CPU twin tells values.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

_CUDA_QUESTIONS: dict[str, Callable[..., Any]] = {
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
    """Answer an exercise's questions about ``cuda`` as a machine with one device would."""
    saved = {name: getattr(torch.cuda, name) for name in _CUDA_QUESTIONS}
    for name, answer in _CUDA_QUESTIONS.items():
        setattr(torch.cuda, name, _unless_torch_asks(answer, saved[name]))
    try:
        yield
    finally:
        for name, answer in saved.items():
            setattr(torch.cuda, name, answer)


def _unless_torch_asks(answer: Callable[..., Any], real: Callable[..., Any]) -> Callable[..., Any]:
    """Tell torch itself the truth, or it would try to start a driver that is not there."""

    def asked(*args: Any, **kwargs: Any) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__", "")  # noqa: SLF001  CPython's own way
        return (real if caller.split(".")[0] == "torch" else answer)(*args, **kwargs)

    return asked


class _CudaMethod(TorchFunctionMode):
    """Say ``cuda:0`` where an exercise says ``cuda``, and ``to`` where it says ``Tensor.cuda``.

    Both others ask a real driver even under fake tensors.
    """

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        named = {name: _numbered(each) for name, each in (kwargs or {}).items()}
        if func is torch.Tensor.cuda:
            device = args[1] if len(args) > 1 else named.get("device")
            return torch.Tensor.to(args[0], _cuda_device(device))
        return func(*(_numbered(each) for each in args), **named)


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


def _numbered(value: Any) -> Any:
    if isinstance(value, torch.device) and str(value) == "cuda":
        return torch.device("cuda", 0)
    return "cuda:0" if type(value) is str and value == "cuda" else value


def _on_cpu(value: Any) -> Any:
    if type(value) is torch.device and value.type == "cuda":
        return torch.device("cpu")
    if type(value) is str and (value == "cuda" or value.startswith("cuda:")):
        return "cpu"
    return value
