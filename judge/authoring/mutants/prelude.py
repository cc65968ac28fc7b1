"""The Python that every mutant begins and ends with; it runs in the child, never here."""

from __future__ import annotations

PRELUDE = '''
import torch as _tj_torch
import numpy as _tj_np

_tj_Tensor = _tj_torch.Tensor
_tj_Parameter = _tj_torch.nn.Parameter
_tj_Module = _tj_torch.nn.Module
_tj_busy = False


def _tj_safely(change, value):
    # What a change does not fit stays as it is: a mutant must not fail by accident.
    try:
        return change(value)
    except Exception:
        return value


def _tj_map(kinds, change, value, deep=False):
    kind = type(value)
    if isinstance(value, kinds) and not isinstance(value, tuple):
        return _tj_safely(change, value)
    if isinstance(value, tuple) and kind.__module__ == "torch.return_types":
        return kind([_tj_map(kinds, change, each, deep) for each in value])
    if kind in (list, tuple, set, frozenset, _tj_torch.Size):
        return kind([_tj_map(kinds, change, each, deep) for each in value])
    if isinstance(value, dict):
        return kind([(key, _tj_map(kinds, change, each, deep)) for key, each in value.items()])
    if deep and isinstance(value, _tj_Module):
        for each in (*value.parameters(), *value.buffers()):
            _tj_safely(lambda v: setattr(v, "data", change(v.detach())), each)
    return value


def _tj_tensors(change, value):
    return _tj_map(_tj_Tensor, change, value)


_tj_LEAVES = (
    _tj_Tensor, _tj_np.ndarray, _tj_np.generic, bool, int, float, complex, str, bytes,
    _tj_torch.dtype,
)


def _tj_leaves(change, value):
    def changed(v):
        return _tj_as(change(v), v)
    return _tj_map(_tj_LEAVES, changed, value, deep=True)


def _tj_as(new, old):
    """Give a new value everything of the old one but the value."""
    if isinstance(old, _tj_Tensor):
        new = new.to(old.dtype)
        if isinstance(old, _tj_Parameter):
            return _tj_Parameter(new.detach(), requires_grad=old.requires_grad)
        if old.requires_grad and (old.is_leaf or not new.requires_grad):
            return new.detach().requires_grad_()
        return new
    if isinstance(old, _tj_np.ndarray):
        return _tj_np.asarray(new).astype(old.dtype)
    if isinstance(old, (str, bytes, _tj_torch.dtype)):
        return new
    return type(old)(new)


def _tj_plus(v):
    if isinstance(v, str):
        return v + "x"
    if isinstance(v, bytes):
        return v + b"x"
    if isinstance(v, _tj_torch.dtype):
        return _tj_torch.float64 if v is not _tj_torch.float64 else _tj_torch.float32
    return _tj_not(v) if _tj_is_bool(v) else v + 1


def _tj_is_bool(v):
    if isinstance(v, (_tj_Tensor, _tj_np.ndarray)):
        return v.dtype in (_tj_torch.bool, _tj_np.dtype(bool))
    return isinstance(v, (bool, _tj_np.bool_))


def _tj_not(v):
    return not v if isinstance(v, bool) else v ^ True


def _tj_is_real(v):
    if isinstance(v, _tj_Tensor):
        return v.is_floating_point()
    return isinstance(v, float) or getattr(v, "dtype", None) in (_tj_np.float32, _tj_np.float64)


def _tj_only(v, wanted):
    if not wanted:
        raise ValueError("does not fit")
    return v


def _tj_at_end(v, number):
    """Zeros of a tensor's or an array's shape, and a number in the last place."""
    if isinstance(v, _tj_np.ndarray):
        last = _tj_np.zeros(v.shape, v.dtype)
        last.reshape(-1)[-1] = number
        return last
    last = _tj_torch.zeros(v.shape, dtype=v.dtype, device=v.device)
    last.view(-1)[-1] = number
    return last


def _tj_all(value):
    """Every tensor and array in a call's arguments or result, modules' own included."""
    if isinstance(value, (_tj_Tensor, _tj_np.ndarray)):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _tj_all(each)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _tj_all(each)
    elif isinstance(value, _tj_Module):
        yield from value.parameters()
        yield from value.buffers()


def _tj_modules(value):
    if isinstance(value, _tj_Module):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _tj_modules(each)


def _tj_equal(a, b):
    same = a.shape == b.shape and a.dtype == b.dtype and a.device == b.device
    return bool(same and a.numel() and _tj_torch.equal(a, b))


def _tj_first_alike(v, others):
    for other in others:
        if isinstance(other, _tj_Tensor) and _tj_safely(lambda o: _tj_equal(v, o), other) is True:
            return other
    return v
'''

WRAPPER = """
_tj_solution = {function}


def {function}(*args, **kwargs):
    global _tj_busy
    if _tj_busy:
        return _tj_solution(*args, **kwargs)
    _tj_busy = True
    try:
        return _tj_mutant(_tj_solution, args, kwargs)
    finally:
        _tj_busy = False
"""
