"""Mutants that do what they should not besides: to their inputs, to global state, to the world."""

from __future__ import annotations

from judge.authoring.mutants.mutant import Mutant
from judge.domain.verdict import Fact

_AFTER = """
def _tj_mutant(call, args, kwargs):
    result = call(*args, **kwargs)
    {then}
    return result
"""
_BEFORE = """
def _tj_mutant(call, args, kwargs):
    {first}
    return call(*args, **kwargs)
"""

_OVERWRITE = """
def _tj_overwrite(v):
    if isinstance(v, _tj_np.ndarray):
        v[...] = _tj_plus(v)
    else:
        v.data.copy_(_tj_plus(v.data))
    return v


def _tj_mutant(call, args, kwargs):
    result = call(*args, **kwargs)
    for each in (*_tj_all(args), *_tj_all(kwargs)):
        _tj_safely(_tj_overwrite, each)
    for each in (*args, *kwargs.values()):
        if isinstance(each, list):
            each.append(None)
        elif isinstance(each, dict):
            each["_tj"] = None
    return result
"""
_GRAD = """
def _tj_give(v):
    v.grad = _tj_torch.ones_like(v) if v.grad is None else v.grad + 1


def _tj_mutant(call, args, kwargs):
    result = call(*args, **kwargs)
    for each in (*_tj_all(args), *_tj_all(kwargs)):
        if isinstance(each, _tj_Tensor) and each.is_leaf and each.requires_grad:
            _tj_safely(_tj_give, each)
    return result
"""
_MODE = """
def _tj_mutant(call, args, kwargs):
    result = call(*args, **kwargs)
    for each in {id(module): module for module in _tj_modules([result, *args])}.values():
        each.train(not each.training)
    return result
"""
_QUIET = """
def _tj_mutant(call, args, kwargs):
    import contextlib
    import io
    with contextlib.redirect_stdout(io.StringIO()):
        return call(*args, **kwargs)
"""
_FILES = """
def _tj_mutant(call, args, kwargs):
    import os
    result = call(*args, **kwargs)
    for folder, _, names in os.walk("."):
        for name in names:
            path = os.path.join(folder, name)
            {change}
    return result
"""
_DTYPE = (
    "_tj_torch.set_default_dtype(_tj_torch.float64 if _tj_torch.get_default_dtype()"
    " is not _tj_torch.float64 else _tj_torch.float32)"
)
_SWALLOW = """
def _tj_mutant(call, args, kwargs):
    try:
        return call(*args, **kwargs)
    except Exception:
        return None
"""
_OTHER = """
class _TjError(Exception):
    pass


def _tj_mutant(call, args, kwargs):
    try:
        return call(*args, **kwargs)
    except Exception as exc:
        raise _TjError(str(exc)) from exc
"""
_RAISE = """
class _TjError(Exception):
    pass


def _tj_mutant(call, args, kwargs):
    call(*args, **kwargs)
    raise _TjError("always")
"""
_ONCE = """
_tj_calls = 0


def _tj_mutant(call, args, kwargs):
    global _tj_calls
    _tj_calls += 1
    result = call(*args, **kwargs)
    return result if _tj_calls == 1 else _tj_leaves(_tj_plus, result)
"""
_REPLAY = """
_tj_seen = {{}}


def _tj_shape(v):
    if isinstance(v, (_tj_Tensor, _tj_np.ndarray)):
        return (str(v.dtype), tuple(v.shape), getattr(v, "requires_grad", False))
    if isinstance(v, (list, tuple)):
        return (type(v).__name__, *map(_tj_shape, v))
    return (type(v).__name__, repr(v) if isinstance(v, (bool, int, float, str)) else "")


def _tj_mutant(call, args, kwargs):
    key = {key}
    if key not in _tj_seen:
        _tj_seen[key] = call(*args, **kwargs)
    return _tj_seen[key]
"""
_MANY = "for _ in range(500): _tj_torch.zeros(1)"


def _after(name: str, does: str, fact: Fact, then: str) -> Mutant:
    return Mutant(name, does, fact, _AFTER.format(then=then))


EFFECTS: tuple[Mutant, ...] = (
    Mutant("input-overwritten", "changes its inputs in place", Fact.INPUT, _OVERWRITE),
    Mutant("input-grad-changed", "leaves a gradient in its inputs' .grad", Fact.INPUT, _GRAD),
    Mutant("mode-flipped", "switches a module between train and eval", Fact.VALUE, _MODE),
    Mutant(
        "rng-reseeded-first",
        "seeds the generator before it begins",
        Fact.STATE,
        _BEFORE.format(first="_tj_torch.manual_seed(0)"),
    ),
    _after(
        "rng-reseeded", "seeds the generator as it ends", Fact.STATE, "_tj_torch.manual_seed(0)"
    ),
    _after("rng-drawn", "draws one random number too many", Fact.STATE, "_tj_torch.rand(1)"),
    _after(
        "grad-mode-off",
        "leaves gradients switched off",
        Fact.STATE,
        "_tj_torch.set_grad_enabled(not _tj_torch.is_grad_enabled())",
    ),
    _after("default-dtype-changed", "leaves another default dtype", Fact.STATE, _DTYPE),
    Mutant("exception-swallowed", "returns None where it should raise", Fact.OUTCOME, _SWALLOW),
    Mutant("other-exception", "raises an exception of another class", Fact.OUTCOME, _OTHER),
    Mutant("always-raises", "raises where it should return", Fact.OUTCOME, _RAISE),
    _after("prints-more", "prints a line too many", Fact.OUTPUT, 'print("mutant")'),
    Mutant("prints-nothing", "prints nothing", Fact.OUTPUT, _QUIET),
    _after(
        "file-left",
        "leaves a file behind",
        Fact.FILES,
        'open("mutant.txt", "w").close()',
    ),
    Mutant(
        "files-missing",
        "leaves no file",
        Fact.FILES,
        _FILES.format(change="os.remove(path)"),
    ),
    Mutant(
        "files-changed",
        "writes something else into its files",
        Fact.FILES,
        _FILES.format(change='open(path, "w").write("mutant")'),
    ),
    _after("many-operations", "dispatches hundreds of operations more", Fact.OPERATIONS, _MANY),
    Mutant("first-call-only", "is right the first time that it is called only", Fact.VALUE, _ONCE),
    Mutant(
        "first-answer-replayed",
        "repeats its first answer",
        Fact.VALUE,
        _REPLAY.format(key="0"),
    ),
    Mutant(
        "replayed-by-shape",
        "repeats its answer for inputs of the same shape",
        Fact.VALUE,
        _REPLAY.format(key="_tj_shape([*args, *kwargs.items()])"),
        severity="warning",
    ),
)
"""Side effects, and answers that depend on the calls before."""
