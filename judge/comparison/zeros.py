"""Find keys that nothing but zeros would satisfy: a tolerance as large as the values."""

from __future__ import annotations

import numpy as np

from judge.comparison.decode import Elements, Kind, elements_of
from judge.comparison.scalars import is_close
from judge.comparison.tolerances import tolerance_of
from judge.comparison.trees import align
from judge.comparison.values import errors
from judge.domain.observation import ArrayNode, Node, ScalarNode, TensorNode
from judge.domain.problem import Tolerance

_CHUNK = 1 << 16


def zeros_would_pass(node: Node, tolerance: Tolerance | None = None) -> bool:
    """Tell whether some tensor or number that is not zero could be answered with zeros.

    Args:
        node: a key's result.
        tolerance: the author's, or None for that of each dtype.
    """
    return any(_passes(pair.want, tolerance) for pair in align(node, want=node, root="").pairs)


def _passes(node: Node, tolerance: Tolerance | None) -> bool:
    match node:
        case TensorNode() | ArrayNode():
            elements = elements_of(node)
            chosen = tolerance_of(node.dtype, tolerance)
            with np.errstate(all="ignore"):
                return elements is not None and _tensor_passes(elements, chosen)
        case ScalarNode(value=float() | complex() as value) if value:
            return is_close(type(value)(0), value, tolerance_of(node.kind, tolerance))
        case _:
            return False


def _tensor_passes(want: Elements, tolerance: Tolerance) -> bool:
    if want.kind not in {Kind.REAL, Kind.COMPLEX}:
        return False
    zeros = Elements(
        want.kind, want.stored, want.widen, want.count, want.item_bytes, bytes(len(want.data))
    )
    nonzero = False
    for start in range(0, want.count, _CHUNK):
        window = (start, min(start + _CHUNK, want.count))
        if errors(zeros, want, tolerance, window).any():
            return False
        nonzero = nonzero or bool(np.any(want.read(*window)))
    return nonzero
