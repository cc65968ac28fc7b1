"""C-level functions, taken before any student code is loaded.

A student can replace ``torch.Tensor.numpy`` or ``builtins.len``, but not what these names hold
already. They keep honest what is seen of honest code; against code that writes to this process's
memory nothing in this process helps, and the worker believes no verdict from here.
"""

from __future__ import annotations

import _random
import ctypes
import os
import random
import sys
import time
from typing import Any

import numpy as np
import torch
from torch import _C
from torch.utils._python_dispatch import _disable_current_modes

Base: Any = _C.TensorBase
"""The C type below the Python class, which can be patched."""
Tensor = torch.Tensor
Parameter = torch.nn.Parameter
Module = torch.nn.Module

dtype_of = Base.dtype.__get__
device_of = Base.device.__get__
layout_of = Base.layout.__get__
shape_of = Base.shape.__get__
requires_grad_of = Base.requires_grad.__get__
is_leaf_of = Base.is_leaf.__get__
grad_of = Base.grad.__get__
is_nested_of = Base.is_nested.__get__
is_quantized_of = Base.is_quantized.__get__
is_meta_of = Base.is_meta.__get__
keys_of = _C._dispatch_keys  # noqa: SLF001  no public way
strides_of = Base.stride
numel_of = Base.numel
address_of = Base.data_ptr
is_contiguous = Base.is_contiguous
offset_of = Base.storage_offset
storage_of = Base.untyped_storage
detach = Base.detach
contiguous = Base.contiguous
resolve_conj = Base.resolve_conj
resolve_neg = Base.resolve_neg
view_as = Base.view
to_numpy = Base.numpy
is_wrapped = _C._functorch.is_functorch_wrapped_tensor  # noqa: SLF001  no public way

dispatch_modes = _C._len_torch_dispatch_stack  # noqa: SLF001  how many there are, torch's own too
no_overrides = _C.DisableTorchFunction  # modes and subclasses both
set_grad_enabled = _C._set_grad_enabled  # noqa: SLF001  the public one is a class around it
is_grad_enabled = _C.is_grad_enabled
is_inference = torch.is_inference_mode_enabled
InferenceMode = _C._InferenceMode  # noqa: SLF001  the public one is a class around it
is_autocast = torch.is_autocast_enabled
is_anomaly = torch.is_anomaly_enabled
get_default_dtype = _C.get_default_dtype
set_default_dtype = _C._set_default_dtype  # noqa: SLF001  the public one is Python
get_num_threads = torch.get_num_threads
set_num_threads = _C.set_num_threads
is_deterministic = _C._get_deterministic_algorithms  # noqa: SLF001  likewise
default_generator = torch.default_generator
seed_torch = _C.Generator.manual_seed
torch_state = _C.Generator.get_state
inside_of = _C.Generator.__dict__["_cdata"].__get__  # its address
randn = _C._VariableFunctions.randn  # noqa: SLF001  torch.randn can be patched
draw_torch = Base.uniform_
new_generator = torch.Generator
run_backward = torch.autograd.Variable._execution_engine.run_backward  # noqa: SLF001  C++
named_parameters = torch.nn.Module.named_parameters
named_buffers = torch.nn.Module.named_buffers

array_dtype = np.ndarray.dtype.__get__
array_base = np.ndarray.base.__get__
array_interface = np.ndarray.__dict__["__array_interface__"].__get__
array_bytes = np.ndarray.tobytes

write = os.write
read = os.read
chdir = os.chdir
clock = time.perf_counter
exit_now = os._exit
memory_at = ctypes.string_at
seed_python = _random.Random.seed  # random.seed looks for texts first
seed_numpy = np.random.seed
draw_numpy = np.random.random_sample
draw_python = random.random


class plain_tensors:  # noqa: N801  a context
    """Look at tensors with no mode, no subclass hook and no graph in the way."""

    __slots__ = ("_grad", "_modes", "_overrides")

    def __enter__(self) -> None:
        """Put all three aside."""
        self._grad = is_grad_enabled()
        set_grad_enabled(False)
        self._overrides = no_overrides()
        self._overrides.__enter__()
        # Taking modes off their stack is torch's own Python: only where there are any.
        self._modes = _disable_current_modes() if dispatch_modes() else None
        if self._modes is not None:
            self._modes.__enter__()

    def __exit__(self, *exc: object) -> None:
        """Bring them back."""
        if self._modes is not None:
            self._modes.__exit__(None, None, None)
        self._overrides.__exit__(None, None, None)
        set_grad_enabled(self._grad)


def memory_of(address: int, size: int) -> memoryview:
    """Return the memory at an address, as it is whenever it is looked at."""
    return memoryview((ctypes.c_ubyte * size).from_address(address)).cast("B")


_outputs: list[Any] = []


def open_outputs() -> None:
    """Make the student's ``stdout`` and ``stderr``, in the zygote: pipes, as each child has."""
    reading, writing = os.pipe()
    for fd in (1, 2):
        own = os.dup(fd)
        os.dup2(writing, fd)
        stream = open(fd, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115  for good
        os.dup2(own, fd)
        os.close(own)
        _outputs.append(stream)
    os.close(reading)
    os.close(writing)


def take_outputs() -> None:
    """Give the student's code its outputs, whose pipes the worker drains, in a child."""
    sys.stdout, sys.stderr = _outputs
    sys.__stdout__, sys.__stderr__ = _outputs  # type: ignore[misc]


def end_outputs(marker: bytes) -> None:
    """Push out what was printed and end it with a marker, so that it belongs to the next frame."""
    # No contextlib here: this is done for every frame.
    for fd, stream in enumerate(_outputs, start=1):
        try:  # noqa: SIM105
            stream.flush()
        except Exception:  # noqa: BLE001, S110  a student may have closed it
            pass
        try:  # noqa: SIM105
            write(fd, marker)
        except OSError:
            pass
