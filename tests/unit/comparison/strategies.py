"""Random nodes: honest ones, which a reader could have built, and liars' ones, which none could."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from judge.domain.observation import (
    ArrayNode,
    Gradient,
    MappingNode,
    ModuleNode,
    Node,
    Observation,
    OpaqueNode,
    Raised,
    ScalarNode,
    SequenceNode,
    SymbolNode,
    TensorNode,
)
from judge.domain.verdict import Ending
from judge.sandbox.protocol import ITEM_BYTES, REASONS
from tests.unit.comparison.build import strides_of

texts = st.text(max_size=4) | st.sampled_from(["w", "\x1b[2J", "a" * 300])
plain_values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**4000, -(10**400), 2**63])
    | st.floats()
    | st.complex_numbers()
    | texts
    | st.binary(max_size=4)
)
honest_scalars = plain_values.map(lambda value: ScalarNode(type(value).__name__, value))
symbols = st.builds(SymbolNode, st.sampled_from(["torch.dtype", "type"]), texts)
opaques = st.builds(OpaqueNode, texts, st.sampled_from(REASONS))


@st.composite
def honest_tensors(draw: st.DrawFn) -> TensorNode | ArrayNode:
    """A tensor whose data fits, of any bit pattern; often zeros, so that some agree."""
    dtype = draw(st.sampled_from(sorted(ITEM_BYTES)))
    shape = tuple(draw(st.lists(st.integers(0, 3), max_size=3)))
    size = int(np.prod(shape, dtype=np.int64)) * ITEM_BYTES[dtype]
    data = draw(st.just(bytes(size)) | st.binary(min_size=size, max_size=size))
    strides, storage = strides_of(shape), draw(st.integers(-1, 2))
    if draw(st.booleans()):
        return ArrayNode(dtype, shape, strides, storage, data)
    return TensorNode(
        dtype=dtype,
        device=draw(st.sampled_from(["cpu", "cuda:0"])),
        shape=shape,
        strides=strides,
        offset=0,
        storage=storage,
        requires_grad=draw(st.booleans()),
        is_leaf=draw(st.booleans()),
        parameter=draw(st.booleans()),
        data=data,
    )


@st.composite
def lying_tensors(draw: st.DrawFn) -> Node:
    """A tensor that claims anything."""
    node = draw(honest_tensors())
    longs = st.lists(
        st.integers(-1, 3) | st.sampled_from([10**30, 2**63 - 1, -(2**63)]), max_size=5
    ).map(tuple)
    return replace(
        node,
        dtype=draw(st.sampled_from([node.dtype, "", "float128", "object"])),
        shape=draw(st.just(node.shape) | longs | st.just((1,) * 2000)),
        strides=draw(longs),
        storage=draw(st.integers(-5, 5)),
        data=draw(st.just(node.data) | st.none() | st.binary(max_size=16)),
        omitted=draw(st.booleans()),
    )


def _containers(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    kinds = st.sampled_from(["list", "tuple", "set", "torch.Size", "dict", "Liar"])
    several = st.lists(children, max_size=3).map(tuple)
    pairs = st.lists(st.tuples(children, children), max_size=3).map(tuple)
    named = st.lists(st.tuples(texts, children), max_size=3).map(tuple)
    return (
        st.builds(SequenceNode, kinds, several)
        | st.builds(MappingNode, kinds, pairs)
        | st.builds(ModuleNode, texts, st.booleans(), named)
    )


honest_nodes = st.recursive(honest_scalars | symbols | honest_tensors(), _containers, max_leaves=5)
hostile_nodes = st.recursive(
    honest_scalars
    | st.builds(ScalarNode, st.sampled_from(["int", "float", "numpy.int8", ""]), plain_values)
    | symbols
    | opaques
    | st.builds(OpaqueNode, texts, texts)
    | honest_tensors()
    | lying_tensors()
    | st.builds(
        lambda node, grad: replace(node, grad=grad),
        honest_tensors().filter(lambda node: isinstance(node, TensorNode)),
        honest_tensors(),
    ),
    _containers,
    max_leaves=5,
)


@st.composite
def observations(draw: st.DrawFn, nodes: st.SearchStrategy[Node]) -> Observation:
    """An observation that says anything at all."""
    several = st.lists(st.tuples(texts, nodes), max_size=2).map(tuple)
    exceptions = st.builds(Raised, st.lists(texts, max_size=2).map(tuple), texts)
    gradients = st.lists(st.builds(Gradient, texts, st.none() | nodes), max_size=2).map(tuple)
    operations = st.lists(st.tuples(texts, st.integers()), max_size=3).map(tuple)
    return Observation(
        ending=draw(st.sampled_from([Ending.RETURNED] * 6 + list(Ending))),
        raised=draw(st.none() | exceptions),
        result=draw(st.none() | nodes),
        arguments=draw(several),
        inputs=draw(several),
        state=draw(st.lists(st.tuples(texts | st.just("rng_torch"), texts), max_size=2).map(tuple)),
        gradients=draw(st.none() | gradients),
        gradient_error=draw(st.none() | exceptions),
        files=draw(st.none() | several),
        operations=draw(st.none() | operations),
        output=draw(st.binary(max_size=20)),
    )
