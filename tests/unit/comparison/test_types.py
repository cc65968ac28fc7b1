"""Types as a tree: what equals what, where the first misfit is, and how it is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from judge.domain.observation import (
    MappingNode,
    ModuleNode,
    Node,
    OpaqueNode,
    SequenceNode,
    SymbolNode,
)
from judge.domain.verdict import Fact
from judge.sandbox.protocol import REASONS
from tests.unit.comparison.build import (
    NAN,
    NONE,
    array,
    differences,
    mapping,
    number,
    only,
    sequence,
    tensor,
)

PLAIN = tensor([1.0])
PARAMETER = replace(PLAIN, parameter=True)


@pytest.mark.parametrize(
    ("got", "want", "key", "texts"),
    [
        (PLAIN, PARAMETER, "type.parameter", ("Tensor", "Parameter")),
        (PARAMETER, PLAIN, "type.not_parameter", ("Parameter", "Tensor")),
        (array([1.0]), PLAIN, "type.array", ("numpy.ndarray", "Tensor")),
        (PLAIN, array([1.0]), "type.differs", ("Tensor", "numpy.ndarray")),
        (NONE, PLAIN, "type.none", ("NoneType", "Tensor")),
        (PLAIN, NONE, "type.not_none", ("Tensor", "NoneType")),
        (number(1.0), PLAIN, "type.number_for_tensor", ("float", "Tensor")),
        (PLAIN, number(1.0), "type.tensor_for_number", ("Tensor", "float")),
        (number(1), number(1.0), "type.number", ("int", "float")),
        (number(value=True), number(1), "type.number", ("bool", "int")),
        (number(1.0, "numpy.float32"), number(1.0), "type.differs", ("numpy.float32", "float")),
        (number("1"), number(1), "type.differs", ("str", "int")),
        (
            sequence(PLAIN, number(1), kind="tuple"),
            sequence(PLAIN, number(1)),
            "type.sequence",
            ("tuple[Tensor, int]", "list[2]"),
        ),
        (PLAIN, sequence(PLAIN), "type.container", ("Tensor", "list[1]")),
        (mapping(), mapping("OrderedDict"), "type.differs", ("dict[0]", "OrderedDict[0]")),
        (
            ModuleNode("Linear", training=True, state=()),
            ModuleNode("Conv2d", training=True, state=()),
            "type.module",
            ("Linear", "Conv2d"),
        ),
        (SymbolNode("torch.dtype", "x"), number("x"), "type.differs", ("torch.dtype", "str")),
    ],
)
def test_different_types_differ(got: Node, want: Node, key: str, texts: tuple[str, str]) -> None:
    found = only(differences(got, want))
    assert (found.fact, found.message.key, found.path) == (Fact.TYPE, key, "result")
    assert (found.got, found.expected) == texts


def test_sequences_of_different_length_differ() -> None:
    found = only(differences(sequence(PLAIN), sequence(PLAIN, PLAIN)))
    assert found.message.key == "type.length"
    assert found.message.parameters["expected_count"] == 2


def test_the_first_misfit_in_reading_order_is_reported_with_its_path() -> None:
    want = sequence(PLAIN, mapping(w=sequence(PLAIN, number(1))), NONE)
    got = sequence(PLAIN, mapping(w=sequence(PLAIN, number(1.0))), number(3))
    assert only(differences(got, want)).path == "result[1]['w'][1]"


def test_after_a_type_difference_no_other_fact_of_the_result_is_reported() -> None:
    want = sequence(tensor([1.0]), number(1))
    got = sequence(tensor([2.0, 3.0], "float64"), number(1.0))
    facts = [each.fact for each in differences(got, want, Fact.LAYOUT, Fact.GRAD_STATE)]
    assert facts == [Fact.TYPE]


def test_the_order_of_keys_does_not_matter() -> None:
    assert not differences(mapping(a=number(1), b=PLAIN), mapping(b=PLAIN, a=number(1)))


def test_values_are_compared_by_key_not_by_position() -> None:
    found = only(differences(mapping(a=number(1), b=number(2)), mapping(b=number(1), a=number(2))))
    assert (found.fact, found.path) == (Fact.VALUE, "result['b']")


def test_missing_and_extra_keys_are_named() -> None:
    one, two = mapping(a=PLAIN), mapping(a=PLAIN, b=PLAIN)
    missing, extra = only(differences(one, two)), only(differences(two, one))
    assert (missing.message.key, missing.message.parameters["names"]) == (
        "type.keys_missing",
        "'b'",
    )
    assert (extra.message.key, extra.message.parameters["names"]) == ("type.keys_extra", "'b'")


def test_a_key_of_another_type_is_another_key() -> None:
    want = MappingNode("dict", ((number(1), PLAIN),))
    got = MappingNode("dict", ((number(1.0), PLAIN),))
    assert only(differences(got, want)).message.key == "type.keys_missing"


def test_keys_may_be_nan_tuples_symbols_and_twice_the_same() -> None:
    pair = sequence(number(0), number(1), kind="tuple")
    node = MappingNode(
        "dict",
        (
            (number(NAN), number(1)),
            (pair, number(2)),
            (SymbolNode("torch.dtype", "torch.int64"), number(3)),
            (number("twice"), number(4)),
            (number("twice"), number(5)),
        ),
    )
    assert not differences(node, node)
    assert differences(replace(node, items=node.items[:4]), node)


def test_sets_are_compared_without_their_order() -> None:
    one = sequence(number("a"), number(2), number(1.5), kind="set")
    other = sequence(number(1.5), number("a"), number(2), kind="set")
    assert not differences(one, other)
    third = sequence(number(1.5), number("b"), number(2), kind="set")
    assert only(differences(third, other)).fact is Fact.VALUE


def test_a_module_is_its_class_its_mode_and_its_state() -> None:
    module = ModuleNode("Net", training=True, state=(("w", PARAMETER), ("b", PARAMETER)))
    assert not differences(replace(module, state=module.state[::-1]), module)
    lacking = only(differences(replace(module, state=module.state[:1]), module))
    assert (lacking.message.key, lacking.message.parameters["names"]) == (
        "type.states_missing",
        "b",
    )
    unregistered = replace(module, state=(("w", PLAIN), ("b", PARAMETER)))
    assert only(differences(unregistered, module)).path == "result.w"
    mode = only(differences(replace(module, training=False), module))
    assert (mode.fact, mode.expected, mode.got) == (Fact.VALUE, "train()", "eval()")


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_not_looking_has_its_own_message(reason: str) -> None:
    found = only(differences(OpaqueNode("Liar", reason), PLAIN))
    assert found.message.key == f"type.opaque.{reason}"
    assert found.got == "Liar"


def test_what_is_not_looked_into_equals_only_its_own_kind_and_reason() -> None:
    sparse = OpaqueNode("sparse_coo tensor", "layout")
    assert not differences(sparse, sparse)
    assert differences(OpaqueNode("sparse_csr tensor", "layout"), sparse)
    assert differences(OpaqueNode("sparse_coo tensor", "subclass"), sparse)
    assert differences(PLAIN, sparse)


@pytest.mark.parametrize("reason", ["too_deep", "too_many", "too_large", "unreadable"])
def test_what_was_cut_off_equals_nothing(reason: str) -> None:
    assert differences(OpaqueNode("", reason), OpaqueNode("", reason))


def test_a_reason_that_nobody_knows_is_unknown() -> None:
    assert only(differences(OpaqueNode("x", "\x00lie"), PLAIN)).message.key == "type.opaque.unknown"


def test_control_characters_in_a_liars_type_name_are_not_shown() -> None:
    found = only(differences(SequenceNode("\x1b[2Jlist" + "x" * 500, ()), PLAIN))
    assert found.got is not None
    assert found.got.isprintable()
    assert len(found.got) < 100
