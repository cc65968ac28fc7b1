"""The cotangent protocol: pull a random cotangent back through a result to the arguments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from judge.sandbox.child import genuine
from judge.sandbox.protocol import MAX_DEPTH, MAX_NODES

_DIFFERENTIABLE = frozenset(
    {
        torch.float16,
        torch.bfloat16,
        torch.float32,
        torch.float64,
        torch.complex64,
        torch.complex128,
    }
)


_generator = genuine.new_generator()


def wanting_gradients(named: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return (path, tensor) of every tensor in the arguments that requires a gradient.

    Modules' parameters are included.
    """
    found: list[tuple[str, Any]] = []
    for name, value in named:
        _collect(value, name, found, 0)
    return [(path, tensor) for path, tensor in found if genuine.requires_grad_of(tensor)]


def gradients_of(result: Any, leaves: list[tuple[str, Any]], *, seed: int) -> list[tuple[str, Any]]:
    """Return (path, gradient or None) for each leaf.

    Args:
        result: what the answer returned; its floating tensors that have a graph get a cotangent
            each, standard normal, drawn in the order in which they appear.
        leaves: what ``wanting_gradients`` found before the call.
        seed: the cotangents' seed, known to the child only from now on.
    """
    found: list[tuple[str, Any]] = []
    _collect(result, "result", found, 0)
    genuine.seed_torch(_generator, seed >> 1)
    outputs, cotangents = [], []
    for _, tensor in found:
        dtype = genuine.dtype_of(tensor)
        if dtype not in _DIFFERENTIABLE:
            continue
        # Drawn for tensors without a graph too: the others' cotangents must not depend on it.
        cotangent = genuine.randn(
            genuine.shape_of(tensor),
            generator=_generator,
            dtype=dtype,
            device=genuine.device_of(tensor),
        )
        if genuine.requires_grad_of(tensor):
            outputs.append(tensor)
            cotangents.append(cotangent)
    if not outputs or not leaves:
        return [(path, None) for path, _ in leaves]
    tensors = [tensor for _, tensor in leaves]
    genuine.set_grad_enabled(True)
    # The engine itself: torch.autograd.grad imports a symbolic algebra to compare two shapes.
    gradients = genuine.run_backward(
        tuple(outputs),
        tuple(cotangents),
        False,  # noqa: FBT003  keep the graph
        False,  # noqa: FBT003  make a graph of the backward pass
        tuple(tensors),
        allow_unreachable=True,
        accumulate_grad=False,
    )
    return [(path, gradient) for (path, _), gradient in zip(leaves, gradients, strict=True)]


def _collect(value: Any, path: str, found: list[tuple[str, Any]], depth: int) -> None:
    if depth > MAX_DEPTH or len(found) > MAX_NODES:
        return
    kind = type(value)
    if kind is genuine.Tensor or kind is genuine.Parameter:
        found.append((path, value))
        return
    for step, item in _below(value, kind):
        _collect(item, path + step, found, depth + 1)


def _below(value: Any, kind: type) -> Iterator[tuple[str, Any]]:
    """Yield what a container holds, with the step of the path that leads there."""
    if kind in (list, tuple) or _is_result_tuple(kind):
        for index, item in enumerate(value):
            yield f"[{index}]", item
    elif kind is dict:
        for key, item in value.items():
            yield (f"[{key!r}]" if type(key) in (str, int) else ""), item
    elif genuine.Module in type.mro(kind):
        for name, parameter in genuine.named_parameters(value):
            yield f".{name}", parameter


def _is_result_tuple(kind: type) -> bool:
    return tuple in type.mro(kind) and kind.__module__ == "torch.return_types"
