"""Mutants whose result looks right and is not: its gradients, its layout, the memory it shares."""

from __future__ import annotations

from judge.authoring.mutants.mutant import Mutant, of_tensors
from judge.domain.verdict import Fact

_FIRST_ONLY = """
def _tj_mutant(call, args, kwargs):
    seen = []

    def cut(v):
        if not v.requires_grad:
            return v
        seen.append(v)
        return v if v is seen[0] else v.detach()
    return call(*_tj_tensors(cut, args), **_tj_tensors(cut, kwargs))
"""
_STRIDES = (
    "v.contiguous() if not v.is_contiguous()"
    " else v if isinstance(v, _tj_Parameter) or v.numel() < 2"
    " else _tj_torch.stack([v, v], -1)[..., 0]"
)
_COPY = """
def _tj_copy(v):
    if isinstance(v, _tj_np.ndarray):
        return v.copy(order="K")
    if isinstance(v, _tj_Parameter):
        return _tj_Parameter(v.detach().clone(), requires_grad=v.requires_grad)
    if v.is_leaf:
        return v.detach().clone().requires_grad_(v.requires_grad)
    return v.clone()


def _tj_mutant(call, args, kwargs):
    return _tj_map((_tj_Tensor, _tj_np.ndarray), _tj_copy, call(*args, **kwargs))
"""
_ALIAS = """
def _tj_mutant(call, args, kwargs):
    given = [*_tj_all(args), *_tj_all(kwargs)]
    return _tj_tensors(lambda v: _tj_first_alike(v, given), call(*args, **kwargs))
"""
_SHARED = """
def _tj_mutant(call, args, kwargs):
    result = call(*args, **kwargs)
    each = [*_tj_all(result)]
    return _tj_tensors(lambda v: _tj_first_alike(v, each), result)
"""
_HOOKED = """
def _tj_mutant(call, args, kwargs):
    def hook(v):
        # A view, so that an input that is returned keeps its own gradient elsewhere.
        if v.requires_grad:
            v = v.view_as(v) if v.is_leaf else v
            v.register_hook(lambda g: {gradient})
        return v
    return _tj_tensors(hook, call(*args, **kwargs))
"""

GRAPHS: tuple[Mutant, ...] = (
    of_tensors("detached", "detaches its result from the graph", Fact.GRADIENT, "v.detach()"),
    of_tensors(
        "requires-grad-on",
        "returns tensors that require a gradient where they should not",
        Fact.GRAD_STATE,
        "v if v.requires_grad else v.detach().requires_grad_()",
    ),
    Mutant(
        "gradient-scaled",
        "has a gradient three times too large",
        Fact.GRADIENT,
        _HOOKED.format(gradient="g * 3"),
    ),
    Mutant(
        "gradient-zeroed",
        "has a gradient of zeros",
        Fact.GRADIENT,
        _HOOKED.format(gradient="g * 0"),
    ),
    Mutant(
        "gradient-element-off",
        "has a gradient that is wrong for one element of its result",
        Fact.GRADIENT,
        _HOOKED.format(gradient="g + _tj_at_end(g, 1)"),
    ),
    Mutant(
        "one-gradient-only",
        "lets a gradient reach the first input only",
        Fact.GRADIENT,
        _FIRST_ONLY,
    ),
    of_tensors(
        "other-strides", "returns the same values with other strides", Fact.LAYOUT, _STRIDES
    ),
    Mutant("copied", "returns copies where memory should be shared", Fact.MEMORY, _COPY),
    Mutant("aliased", "returns an input where a copy is wanted", Fact.MEMORY, _ALIAS),
    Mutant("results-shared", "returns one tensor twice where two are wanted", Fact.MEMORY, _SHARED),
)
"""Right values, and nothing else right."""
