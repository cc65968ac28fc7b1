"""Write any object as a bounded tree of bytes; what can't be looked into is named and left."""

from __future__ import annotations

import struct
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from judge.sandbox.child import genuine
from judge.sandbox.child.memory import Memory, span_of
from judge.sandbox.child.scalars import (
    Writer,
    name_of,
    write_bool,
    write_bytes,
    write_complex,
    write_float,
    write_int,
    write_none,
    write_str,
)
from judge.sandbox.protocol import (
    DTYPES,
    LENGTH,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_FRAME_BYTES,
    MAX_NODES,
    MAX_TENSOR_BYTES,
    Flag,
    Tag,
)

_DTYPE_CODE = {getattr(torch, name): code for code, name in enumerate(DTYPES)}
_ITEM_BYTES = {dtype: dtype.itemsize for dtype in _DTYPE_CODE}
_NOT_IN_NUMPY = {dtype for dtype in _DTYPE_CODE if str(dtype)[6:] in ("bfloat16", "complex32")} | {
    dtype for dtype in _DTYPE_CODE if "float8" in str(dtype)
}
_PLAIN_KEYS = genuine.keys_of(torch.zeros(1)).raw_repr()
"""How torch dispatches strided tensors in the CPU's memory, and no others: not those of a subclass,
a transformation, another layout or device, nor views that are conjugated or negated when read."""
_CARRIER = {1: torch.uint8, 2: torch.int16, 4: torch.int32}
_SYMBOLS: dict[type, str] = {
    torch.dtype: "torch.dtype",
    torch.device: "torch.device",
    torch.layout: "torch.layout",
    torch.memory_format: "torch.memory_format",
    type: "type",
    type(Ellipsis): "ellipsis",
    slice: "slice",
    range: "range",
}
_LONGS = {count: struct.Struct(f"<{count}q") for count in range(2 * MAX_DIMENSIONS + 1)}
_FORMS = [struct.Struct(f"<BBB{2 * count + 1}qi") for count in range(MAX_DIMENSIONS + 1)]
"""Of a tensor: dtype, flags, dimensions; shape, strides, offset; storage."""
_TENSOR = bytes((Tag.TENSOR,))
_ON_CPU = _TENSOR + LENGTH.pack(3) + b"cpu"
# As plain numbers: an enumeration's members answer slowly.
_REQUIRES_GRAD, _LEAF, _PARAMETER = map(int, (Flag.REQUIRES_GRAD, Flag.LEAF, Flag.PARAMETER))
_DATA, _OMITTED, _GRAD = map(int, (Flag.DATA, Flag.OMITTED, Flag.GRAD))


class Encoder(Writer):
    """One frame's worth of nodes, and the memory that tensors were seen to share so far."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = 0
        self.simulated = False
        self.memory = Memory()

    def node(self, value: Any, depth: int = 0) -> None:
        """Write one object. Exact types only: a subclass may lie about everything."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            return self.opaque("", "too_many")
        if depth > MAX_DEPTH:
            return self.opaque("", "too_deep")
        kind = type(value)
        mark = len(self.out)
        try:
            if kind is genuine.Tensor or kind is genuine.Parameter:
                return self.tensor(value, depth)
            write = _WRITERS.get(kind)
            if write is not None:
                return write(self, value, depth)
            return self.other(value, kind, depth)
        except Exception:  # noqa: BLE001  a value that can't be read is a fact, no reason to die
            del self.out[mark:]
            return self.opaque("", "unreadable")

    def other(self, value: Any, kind: type, depth: int) -> None:
        """Write an object whose type has no writer: a module, a result tuple, a symbol, unknown."""
        mro = type.mro(kind)
        name = type.__getattribute__(kind, "__name__")
        if kind in _SYMBOLS:
            self.out.append(Tag.SYMBOL)
            self.text(_SYMBOLS[kind])
            return self.text(name_of(value) if kind is type else str(value))
        if genuine.Module in mro:
            return self.module(value, name, depth)
        if isinstance(value, np.generic) and kind.__module__ == "numpy":
            return self.numpy_scalar(value)
        if self.simulated and name == "FakeTensor" and genuine.Tensor in mro:
            return self.tensor(value, depth)
        if tuple in mro and kind.__module__ == "torch.return_types":
            return self.sequence(value, depth, kind=f"torch.return_types.{name}")
        known = genuine.Tensor in mro or any(base in _WRITERS for base in mro[1:])
        return self.opaque(name, "subclass" if known else "unknown")

    def sequence(self, value: Any, depth: int, *, kind: str = "") -> None:
        """Write a list, tuple, set or size with its items."""
        self.out.append(Tag.SEQUENCE)
        self.text(kind or _SEQUENCES[type(value)])
        items = sorted(value, key=repr) if type(value) in (set, frozenset) else list(value)
        kept = items[:MAX_NODES]
        self.count(len(kept) + (len(items) > len(kept)))
        for item in kept:
            self.node(item, depth + 1)
        if len(items) > len(kept):
            self.opaque("", "too_many")

    def mapping(self, value: Any, depth: int) -> None:
        """Write a dict in its own order."""
        self.out.append(Tag.MAPPING)
        self.text("dict" if type(value) is dict else "OrderedDict")
        pairs = list(value.items())[: MAX_NODES // 2]
        self.count(len(pairs))
        for key, each in pairs:
            # Room for a tuple of plain values, not for whole trees.
            self.node(key, MAX_DEPTH - 2)
            self.node(each, depth + 1)

    def module(self, value: Any, name: str, depth: int) -> None:
        """Write a module by its class, its mode and the tensors in its state."""
        state = list(genuine.named_parameters(value)) + list(genuine.named_buffers(value))
        self.out.append(Tag.MODULE)
        self.text(name[:200])
        self.out.append(bool(value.__dict__.get("training", False)))
        state = state[: MAX_NODES // 2]
        self.count(len(state))
        for path, tensor in state:
            self.text(str(path))
            self.node(tensor, depth + 1)

    def tensor(self, value: Any, depth: int) -> None:
        """Write a strided tensor: its form, the memory it lies in, its elements, its ``.grad``."""
        plain = genuine.keys_of(value).raw_repr() == _PLAIN_KEYS
        dtype = genuine.dtype_of(value)
        odd = None if plain else self._oddity(value, dtype)
        if odd is not None:
            return self.opaque(*odd)
        code = _DTYPE_CODE.get(dtype)
        if code is None:
            return self.opaque(f"{dtype} tensor"[6:], "unknown")
        shape, offset = genuine.shape_of(value), genuine.offset_of(value)
        storage = genuine.storage_of(value)
        data, omitted = self._elements(value, dtype, offset, storage if plain else None)
        leaf = genuine.is_leaf_of(value)
        grad = genuine.grad_of(value) if leaf and depth < MAX_DEPTH else None
        flags = (
            (_REQUIRES_GRAD if genuine.requires_grad_of(value) else 0)
            | (_LEAF if leaf else 0)
            | (_PARAMETER if type(value) is genuine.Parameter else 0)
            | (0 if data is None else _DATA)
            | (_OMITTED if omitted else 0)
            | (0 if grad is None else _GRAD)
        )
        if plain:
            self.out += _ON_CPU
        else:
            self.out += _TENSOR
            self.text(str(genuine.device_of(value)))
        count, number = len(shape), self._storage(storage)
        self.out += _FORMS[count].pack(
            code, flags, count, *shape, *genuine.strides_of(value), offset, number
        )
        if data is not None:
            self.raw(data)
        if grad is not None:
            self.node(grad, depth + 1)
        return None

    def _oddity(self, value: Any, dtype: torch.dtype) -> tuple[str, str] | None:
        """Return what keeps a tensor from being looked into, and the reason; None for nothing."""
        if genuine.is_nested_of(value) or genuine.layout_of(value) is not torch.strided:
            return f"{genuine.layout_of(value)} tensor"[6:], "layout"
        if genuine.is_quantized_of(value):
            return f"{dtype} tensor"[6:], "unknown"
        if genuine.is_meta_of(value) and not self.simulated:
            return "meta tensor", "device"
        return ("functorch tensor", "subclass") if genuine.is_wrapped(value) else None

    def _elements(
        self, value: Any, dtype: torch.dtype, offset: int, memory: Any
    ) -> tuple[bytes | None, bool]:
        """Return the elements in row-major order; (None, True) where they are too many to send.

        ``memory`` is the storage of one that lies in plain memory, else None.
        """
        if self.simulated and type(value).__name__ == "FakeTensor":
            return None, False
        item_bytes = _ITEM_BYTES[dtype]
        size_bytes = genuine.numel_of(value) * item_bytes
        # Counted before anything is copied: an expanded tensor has far more elements than memory.
        if size_bytes > MAX_TENSOR_BYTES or len(self.out) + size_bytes > MAX_FRAME_BYTES:
            self.whole = False
            return None, True
        if memory is not None and genuine.is_contiguous(value):
            # A storage can be made smaller below its tensors.
            end = offset * item_bytes + size_bytes
            if size_bytes and end <= memory.nbytes():
                return genuine.memory_at(genuine.address_of(value), size_bytes), False
        plain = genuine.resolve_neg(genuine.resolve_conj(genuine.detach(value)))
        if dtype in _NOT_IN_NUMPY:
            plain = genuine.view_as(genuine.contiguous(plain), _CARRIER[item_bytes])
        # tobytes writes row-major order whatever the strides are.
        return genuine.array_bytes(genuine.to_numpy(plain)), False

    def _storage(self, storage: Any) -> int:
        """Number the memory that a tensor lies in; -1 for none."""
        if self.simulated:
            return self.memory.number((storage._cdata, 1))  # noqa: SLF001  its identity
        size = storage.nbytes()
        return self.memory.number((storage.data_ptr(), size)) if size else -1

    def array(self, value: Any, _depth: int) -> None:
        """Write a NumPy array of a dtype that the judge knows; others are opaque."""
        dtype = genuine.array_dtype(value)
        name, shape = dtype.name, value.shape
        if name not in DTYPES:
            return self.opaque(f"array of {name}"[:200], "unknown")
        count = 1
        for size in shape:
            count *= size
        size_bytes = count * dtype.itemsize
        omitted = size_bytes > MAX_TENSOR_BYTES or len(self.out) + size_bytes > MAX_FRAME_BYTES
        self.whole = self.whole and not omitted
        strides = [step // dtype.itemsize for step in value.strides]
        self.out.append(Tag.ARRAY)
        self.text(name)
        self.out += bytes((Flag.OMITTED if omitted else Flag.DATA, len(shape)))
        self.out += _LONGS[2 * len(shape)].pack(*shape, *strides)
        self.out += struct.pack("<i", self.memory.number(span_of(value)) if count else -1)
        if not omitted:
            little = value.astype(dtype.newbyteorder("<"), copy=False)
            self.raw(genuine.array_bytes(little))
        return None

    def numpy_scalar(self, value: Any) -> None:
        """Write a NumPy scalar as its dtype and its bytes."""
        name = value.dtype.name
        if name not in DTYPES:
            return self.opaque(f"numpy.{name}"[:200], "unknown")
        self.out.append(Tag.NUMPY_SCALAR)
        self.text(name)
        return self.raw(value.tobytes())


_SEQUENCES: dict[type, str] = {
    list: "list",
    tuple: "tuple",
    set: "set",
    frozenset: "frozenset",
    torch.Size: "torch.Size",
}
_WRITERS: dict[type, Callable[[Encoder, Any, int], None]] = {
    type(None): write_none,
    bool: write_bool,
    int: write_int,
    float: write_float,
    complex: write_complex,
    str: write_str,
    bytes: write_bytes,
    np.ndarray: Encoder.array,
    dict: Encoder.mapping,
    OrderedDict: Encoder.mapping,
    **dict.fromkeys(_SEQUENCES, Encoder.sequence),
}
