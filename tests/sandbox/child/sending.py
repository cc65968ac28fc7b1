"""Send values as a child does, and read them as the worker does."""
# ruff: noqa: ANN401 - a child may send anything.

from __future__ import annotations

from typing import Any

import torch

from judge.domain.observation import (
    ArrayNode,
    Node,
    TensorNode,
)
from judge.sandbox.child import genuine
from judge.sandbox.child.encode import Encoder
from judge.sandbox.reader import Reader


def sent(*values: Any) -> list[Node]:
    """Write values into one frame, and read them as the worker does."""
    encoder = Encoder()
    with genuine.plain_tensors():
        for value in values:
            encoder.node(value)
    reader = Reader(bytes(encoder.out))
    nodes = [reader.node() for _ in values]
    reader.end()
    return nodes


def one(value: Any) -> Node:
    (node,) = sent(value)
    return node


def tensor(value: Any) -> TensorNode:
    node = one(value)
    assert isinstance(node, TensorNode), node
    return node


def array(value: Any) -> ArrayNode:
    node = one(value)
    assert isinstance(node, ArrayNode), node
    return node


def again(node: TensorNode) -> torch.Tensor:
    """Build a tensor from the bytes that were sent."""
    dtype = getattr(torch, node.dtype)
    assert node.data is not None
    if not node.data:
        return torch.empty(node.shape, dtype=dtype)
    return torch.frombuffer(bytearray(node.data), dtype=dtype).reshape(node.shape)
