"""Mutants that get the numbers, the shape, the dtype or the type of a result wrong."""

from __future__ import annotations

from judge.authoring.mutants.mutant import Mutant, of_result, of_tensors, of_values
from judge.domain.verdict import Fact

_ZERO = (
    "v * 0 if not isinstance(v, (str, bytes)) and not _tj_is_real(v)"
    " else _tj_torch.zeros_like(v) if isinstance(v, _tj_Tensor)"
    " else _tj_np.zeros_like(v) if isinstance(v, _tj_np.ndarray) else type(v)()"
)
_ONE = (
    "_tj_torch.ones_like(v) if isinstance(v, _tj_Tensor)"
    " else _tj_np.ones_like(v) if isinstance(v, _tj_np.ndarray)"
    " else type(v)(1) if not isinstance(v, (str, bytes)) else v"
)
_LAST = (
    "_tj_plus(v) if not isinstance(v, (_tj_Tensor, _tj_np.ndarray))"
    " else v ^ _tj_at_end(v, True) if _tj_is_bool(v) else v + _tj_at_end(v, 1)"
)
_NAN = (
    "v + _tj_at_end(v, float('nan')) if isinstance(_tj_only(v, _tj_is_real(v)),"
    " (_tj_Tensor, _tj_np.ndarray)) else float('nan')"
)
_HALF = (
    "v.to(_tj_torch.float16) if isinstance(_tj_only(v, _tj_is_real(v)), _tj_Tensor)"
    " else v.astype('float16') if isinstance(v, _tj_np.ndarray) else _tj_np.float16(v)"
)
_ROLLED = (
    "v.reshape(-1).roll(1).reshape(v.shape) if isinstance(v, _tj_Tensor)"
    " else _tj_np.roll(v, 1) if isinstance(v, _tj_np.ndarray)"
    " else v[1:] + v[:1] if isinstance(v, (str, bytes)) else v"
)

_MAKE_DTYPES = """
def _tj_mutant(call, args, kwargs):
    def changed(v):
        if isinstance(v, _tj_Tensor):
            return v.to(getattr(_tj_torch, _tj_DTYPES[str(v.dtype)[6:]]))
        if isinstance(v, (_tj_np.ndarray, _tj_np.generic)):
            return v.astype(_tj_DTYPES[v.dtype.name])
        return _tj_NUMBERS[type(v)](v)
    kinds = (_tj_Tensor, _tj_np.ndarray, _tj_np.generic, bool, int, float)
    return _tj_map(kinds, changed, call(*args, **kwargs), deep=True)
"""
_WIDER = """
_tj_NUMBERS = {bool: int, int: float, float: complex}
_tj_DTYPES = {
    "bool": "uint8", "uint8": "int16", "int8": "int16", "int16": "int32", "int32": "int64",
    "int64": "float64", "float16": "float32", "bfloat16": "float32", "float32": "float64",
    "complex64": "complex128",
}
"""
_NARROWER = """
_tj_NUMBERS = {int: bool, float: int}
_tj_DTYPES = {
    "uint8": "bool", "int16": "int8", "int32": "int16", "int64": "int32", "float16": "bfloat16",
    "float32": "float16", "float64": "float32", "complex128": "complex64",
}
"""

_PARAMETER = (
    "v.data if isinstance(v, _tj_Parameter) else"
    " _tj_Parameter(v.detach(), requires_grad=v.requires_grad)"
)
_ARRAY = """
def _tj_mutant(call, args, kwargs):
    def changed(v):
        if isinstance(v, _tj_Tensor):
            return v.detach().cpu().numpy()
        return _tj_torch.from_numpy(v)
    return _tj_map((_tj_Tensor, _tj_np.ndarray), changed, call(*args, **kwargs))
"""
_NUMBER = """
def _tj_mutant(call, args, kwargs):
    return _tj_map(
        (bool, int, float, complex), _tj_torch.tensor, call(*args, **kwargs)
    )
"""
_REORDERED = """
def _tj_mutant(call, args, kwargs):
    v = call(*args, **kwargs)
    if isinstance(v, tuple) and type(v) is not tuple:
        return _tj_safely(lambda t: type(t)([*t[1:], t[0]]), v)
    if type(v) in (list, tuple):
        return type(v)([*v[1:], *v[:1]])
    if isinstance(v, dict):
        values = [*v.values()]
        return type(v)(zip(v, [*values[1:], *values[:1]]))
    return v
"""
_SWAPPED = """
def _tj_swap(v):
    if type(v) in (list, tuple):
        return (tuple if type(v) is list else list)(_tj_swap(each) for each in v)
    if isinstance(v, dict):
        return type(v)((key, _tj_swap(each)) for key, each in v.items())
    return list(v) if isinstance(v, (set, tuple)) else v


def _tj_mutant(call, args, kwargs):
    return _tj_swap(call(*args, **kwargs))
"""
_PASSED = """
def _tj_mutant(call, args, kwargs):
    v = call(*args, **kwargs)
    return next(iter((*args, *kwargs.values())), v)
"""

VALUES: tuple[Mutant, ...] = (
    of_values("plus-one", "adds one to every value", Fact.VALUE, "_tj_plus(v)"),
    of_values("scaled", "multiplies every value by three", Fact.VALUE, "v * 3"),
    of_values("zeros", "returns zeros", Fact.VALUE, _ZERO),
    of_values("ones", "returns ones, whatever it is given", Fact.VALUE, _ONE),
    of_values(
        "negated",
        "negates every value",
        Fact.VALUE,
        "_tj_not(v) if _tj_is_bool(v) else -v if not isinstance(v, (str, bytes)) else v[::-1]",
    ),
    of_values("last-element-off", "gets one element wrong, the last", Fact.VALUE, _LAST),
    of_values("one-nan", "has a NaN in one place", Fact.VALUE, _NAN),
    of_values("half-precision", "computes in float16 on the way", Fact.VALUE, _HALF),
    of_values("rolled", "has every element one place further on", Fact.VALUE, _ROLLED),
    Mutant("items-reordered", "returns its items in another order", Fact.VALUE, _REORDERED),
    Mutant("input-returned", "returns its first argument as it is", Fact.VALUE, _PASSED),
    of_tensors("transposed", "transposes the last two dimensions", Fact.SHAPE, "v.mT"),
    of_tensors("flattened", "flattens its result", Fact.SHAPE, "v.reshape(-1)"),
    of_tensors("leading-dimension", "adds a first dimension of one", Fact.SHAPE, "v.unsqueeze(0)"),
    of_tensors("trailing-dimension", "adds a last dimension of one", Fact.SHAPE, "v.unsqueeze(-1)"),
    of_tensors(
        "dimension-dropped",
        "drops a dimension",
        Fact.SHAPE,
        "v.squeeze() if 1 in v.shape else v[0]",
    ),
    Mutant("dtype-widened", "returns a wider dtype", Fact.DTYPE, _WIDER + _MAKE_DTYPES),
    Mutant("dtype-narrowed", "returns a narrower dtype", Fact.DTYPE, _NARROWER + _MAKE_DTYPES),
    of_tensors("on-cpu", "returns its result on the CPU", Fact.DEVICE, "v.cpu()"),
    of_result("none", "returns None", Fact.TYPE, "None"),
    of_result("in-a-list", "wraps its result in a list", Fact.TYPE, "[v]"),
    Mutant("list-for-tuple", "returns a list for a tuple, or the reverse", Fact.TYPE, _SWAPPED),
    of_tensors(
        "number-for-tensor",
        "returns a Python number for a tensor without dimensions",
        Fact.TYPE,
        "v.item() if v.dim() == 0 else v",
    ),
    Mutant("tensor-for-number", "returns a tensor for a Python number", Fact.TYPE, _NUMBER),
    Mutant(
        "array-for-tensor", "returns a NumPy array for a tensor, or the reverse", Fact.TYPE, _ARRAY
    ),
    of_tensors(
        "parameter-for-tensor",
        "returns a Parameter for a tensor, or the reverse",
        Fact.TYPE,
        _PARAMETER,
    ),
)
"""Wrong results."""
