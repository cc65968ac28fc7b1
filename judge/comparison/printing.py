"""Print a tensor's numbers the way torch and NumPy do, looking only at those that are shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from judge.comparison.decode import Array, Elements, Kind, elements_of
from judge.comparison.texts import clean, numbers_text
from judge.domain.observation import ArrayNode, TensorNode

_PLAIN_DTYPES = frozenset({"float32", "int64", "bool", "complex64"})
_PLAIN_ARRAYS = frozenset({"float64", "int64", "bool", "complex128"})
_NOT_IN_NUMPY = frozenset({"bfloat16", "complex32"})
_MOST_SHOWN = 512
_MOST_DIMENSIONS = 32
_ONE_LINE = 80
_EDGES = (3, 1)
_WHOLE = 0
# torch._tensor_str: from these on it writes numbers with an exponent.
_LARGE, _SMALL, _RANGE = 1e8, 1e-4, 1e3


def tensor_text(node: TensorNode, limit: int) -> str:
    """Write ``tensor([1., 2.], dtype=torch.float64, device='cuda:0', requires_grad=True)``."""
    extras = []
    if node.dtype not in _PLAIN_DTYPES:
        extras.append(f"dtype=torch.{clean(node.dtype)}")
    if node.device != "cpu":
        extras.append(f"device='{clean(node.device)}'")
    if node.requires_grad:
        extras.append("requires_grad=True")
    text = _call("tensor", node, extras, limit)
    return f"Parameter containing: {text}" if node.parameter else text


def array_text(node: ArrayNode, limit: int) -> str:
    """Write ``array([1., 2.], dtype=float32)``."""
    extras = [] if node.dtype in _PLAIN_ARRAYS else [f"dtype={clean(node.dtype)}"]
    return _call("array", node, extras, limit)


def _call(name: str, node: TensorNode | ArrayNode, extras: list[str], limit: int) -> str:
    elements = elements_of(node)
    text = None
    if elements is not None and elements.kind is not Kind.RAW:
        with np.errstate(all="ignore"):
            text = _numbers(elements, node, name, limit - sum(map(len, extras)))
    if text is None or (0 in node.shape and node.shape != (0,)):
        extras = [f"size={numbers_text(node.shape)}", *extras]
    return f"{name}({', '.join(['...' if text is None else text, *extras])})"


def _numbers(elements: Elements, node: TensorNode | ArrayNode, name: str, limit: int) -> str | None:
    """Write the numbers, whole or only the edges, as what fits; None where nothing does."""
    if len(node.shape) > _MOST_DIMENSIONS:
        return None
    if not elements.count:
        return "[]"
    whole = (_WHOLE,) if elements.count * 3 <= limit else ()
    text = None
    for edge in (*whole, *_EDGES):
        shown = _excerpt(elements, node.shape, edge)
        if shown is None:
            continue
        text = _layout(shown, node, name, edge)
        if len(text) <= limit:
            break
    return text


def _excerpt(elements: Elements, shape: tuple[int, ...], edge: int) -> Array | None:
    """Return the numbers to print: of a long dimension ``edge`` at each end and one between.

    The one between is never seen: it makes NumPy put its dots there.
    """
    picks = [_picked(size, edge) for size in shape]
    count = 1
    for pick in picks:
        count *= len(pick)
    if edge and count > _MOST_SHOWN:
        return None
    flat = np.zeros((1,) * len(shape), dtype=np.int64)
    for axis, (pick, size) in enumerate(zip(picks, shape, strict=True)):
        along = np.asarray(pick).reshape([-1 if a == axis else 1 for a in range(len(shape))])
        flat = flat * size + along
    return elements.take(flat.ravel()).reshape(flat.shape)


def _picked(size: int, edge: int) -> list[int]:
    if not edge or size <= 2 * edge:
        return list(range(size))
    return [*range(edge + 1), *range(size - edge, size)]


def _layout(shown: Array, node: TensorNode | ArrayNode, name: str, edge: int) -> str:
    formatter = None
    if isinstance(node, TensorNode) or node.dtype in _NOT_IN_NUMPY:
        formatter = _formatter(shown)
    else:
        # Back to the width it came in, so that NumPy writes no digits that were never there.
        shown = shown.astype(node.dtype)
    text = np.array2string(
        shown,
        separator=", ",
        prefix=f"{name}(",
        max_line_width=_ONE_LINE,
        threshold=shown.size - 1 if edge else shown.size,
        edgeitems=edge or 3,
        formatter={"all": formatter} if formatter is not None else None,
    )
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return " ".join(lines) if sum(map(len, lines)) <= _ONE_LINE else text


def _formatter(shown: Array) -> Callable[[object], str]:
    """Return torch's way of writing one of these numbers (``torch._tensor_str._Formatter``)."""
    if shown.dtype.kind == "c":
        real, imaginary = _real_formatter(shown.real), _real_formatter(shown.imag)
        return lambda value: f"{real(value.real)}{_signed(imaginary(value.imag))}j"  # type: ignore[attr-defined]
    write = _real_formatter(shown) if shown.dtype.kind == "f" else str
    # As torch does: infinities and NaN do not count for the width.
    counted = shown[np.isfinite(shown)] if shown.dtype.kind == "f" else shown.ravel()
    width = max((len(write(value)) for value in counted), default=0)
    return lambda value: write(value).rjust(width)


def _signed(text: str) -> str:
    return text if text.startswith("-") else f"+{text}"


def _real_formatter(shown: Array) -> Callable[[object], str]:
    sizes = np.abs(shown[np.isfinite(shown) & (shown != 0)])
    integers = bool((sizes == np.ceil(sizes)).all())
    large, small = (sizes.max(), sizes.min()) if sizes.size else (1.0, 1.0)
    exponent = large / small > _RANGE or large > _LARGE or (not integers and small < _SMALL)
    if exponent:
        return lambda value: f"{value:.4e}"
    if integers:
        return lambda value: f"{value:.0f}." if np.isfinite(value) else str(value)  # type: ignore[call-overload]
    return lambda value: f"{value:.4f}"
