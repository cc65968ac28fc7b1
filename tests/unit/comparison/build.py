"""Observations in one line: tensors from nested lists, calls from their results."""
# ruff: noqa: ANN401 - builders pass on whatever a test gives them.

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from judge.comparison import compare
from judge.domain.observation import (
    ArrayNode,
    MappingNode,
    Node,
    Observation,
    Raised,
    ScalarNode,
    SequenceNode,
    TensorNode,
)
from judge.domain.report import Difference
from judge.domain.verdict import Ending, Fact

NONE = ScalarNode("NoneType", None)
NAN, INF = math.nan, math.inf


def strides_of(shape: tuple[int, ...]) -> tuple[int, ...]:
    strides, step = [], 1
    for size in reversed(shape):
        strides.append(step)
        step *= size
    return tuple(reversed(strides))


def tensor(values: Any, dtype: str = "float32", **changes: Any) -> TensorNode:
    """Build a plain tensor of a dtype that NumPy has; ``changes`` go over its fields."""
    array = np.array(values, dtype=dtype)
    node = TensorNode(
        dtype=dtype,
        device="cpu",
        shape=array.shape,
        strides=strides_of(array.shape),
        offset=0,
        storage=-1,
        requires_grad=False,
        is_leaf=True,
        parameter=False,
        data=array.tobytes(),
    )
    return replace(node, **changes)


def raw(data: bytes, dtype: str, shape: tuple[int, ...], **changes: Any) -> TensorNode:
    """Build a tensor from its bytes."""
    node = tensor(0, data=data, shape=shape, strides=strides_of(shape), **changes)
    return replace(node, dtype=dtype)


def array(values: Any, dtype: str = "float64") -> ArrayNode:
    made = np.array(values, dtype=dtype)
    return ArrayNode(dtype, made.shape, strides_of(made.shape), -1, made.tobytes())


def number(value: Any, kind: str | None = None) -> ScalarNode:
    return ScalarNode(kind or type(value).__name__, value)


def sequence(*items: Node, kind: str = "list") -> SequenceNode:
    return SequenceNode(kind, items)


def mapping(kind: str = "dict", **items: Node) -> MappingNode:
    return MappingNode(kind, tuple((number(key), value) for key, value in items.items()))


def returned(result: Node = NONE, **facts: Any) -> Observation:
    return Observation(Ending.RETURNED, result=result, **facts)


def raised(*classes: str, **facts: Any) -> Observation:
    return Observation(Ending.RAISED, raised=Raised(classes, "message"), **facts)


def called_with(*nodes: Node, **facts: Any) -> Observation:
    """Return a call that returned None and left ``x``, ``y`` … as given."""
    return returned(arguments=tuple(zip("xyzuvw", nodes, strict=False)), **facts)


def differences(got: Node, want: Node, *checks: Fact, **options: Any) -> tuple[Difference, ...]:
    """Compare two results."""
    return compare(returned(got), want=returned(want), checks=frozenset(checks), **options)


def keys(found: tuple[Difference, ...]) -> list[str]:
    return [difference.message.key for difference in found]


def only(found: tuple[Difference, ...]) -> Difference:
    """Return the one difference that there has to be."""
    assert len(found) == 1, keys(found)
    return found[0]
