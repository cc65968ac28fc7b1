"""What a call leaves behind: arguments, state, output, files, operations."""

from __future__ import annotations

import pytest

from judge.comparison import compare, verdict_of
from judge.domain.observation import Node, Observation
from judge.domain.report import Difference
from judge.domain.verdict import Fact, Verdict
from tests.unit.comparison.build import (
    called_with,
    keys,
    mapping,
    number,
    only,
    returned,
    sequence,
    tensor,
)

OLD, NEW, OTHER = tensor([1.0]), tensor([2.0]), tensor([3.0])


def check(
    got: Observation, want: Observation, *checks: Fact, max_ops: int | None = None
) -> tuple[Difference, ...]:
    return compare(got, want=want, checks=frozenset(checks), max_ops=max_ops)


def after(want: Node, got: Node, *, before: Node | None = None) -> tuple[Difference, ...]:
    """Compare what two calls leave in their argument ``x``."""
    inputs = (("x", before),) if before is not None else ()
    return check(called_with(got), called_with(want, inputs=inputs))


def test_an_argument_that_the_reference_leaves_alone_may_not_be_changed() -> None:
    found = after(OLD, NEW, before=OLD)
    assert verdict_of(found) is Verdict.CHANGED_INPUT
    changed = only(found)
    assert (changed.message.key, changed.path) == ("input.changed", "arguments.x")
    assert changed.message.parameters == {"path": "arguments.x", "aspect": "value"}
    assert changed.values is not None
    assert changed.values.worst_got == 2.0


def test_an_argument_that_should_be_changed_may_not_be_left_alone() -> None:
    assert keys(after(NEW, OLD, before=OLD)) == ["input.unchanged"]


def test_an_argument_may_be_changed_in_the_wrong_way() -> None:
    assert keys(after(NEW, OTHER, before=OLD)) == ["input.differs"]
    assert keys(after(NEW, OTHER)) == ["input.differs"]


def test_an_argument_that_is_changed_as_by_the_reference_is_right() -> None:
    assert not after(NEW, tensor([2.0000001]), before=OLD)


@pytest.mark.parametrize(
    ("got", "aspect"),
    [
        (tensor([1.0], "float64"), "dtype"),
        (tensor([[1.0]]), "shape"),
        (tensor([1.0], device="cuda:0"), "device"),
        (sequence(OLD), "type"),
    ],
)
def test_every_aspect_of_an_argument_counts(got: Node, aspect: str) -> None:
    assert only(after(OLD, got)).message.parameters["aspect"] == aspect


def test_a_gradient_that_appears_in_an_argument_is_called_one() -> None:
    assert keys(after(OLD, tensor([1.0], grad=OLD))) == ["value.grad_extra"]


def test_the_place_inside_an_argument_is_named() -> None:
    want, got = mapping(w=sequence(OLD, OLD)), mapping(w=sequence(OLD, NEW))
    assert only(after(want, got)).path == "arguments.x['w'][1]"


def test_arguments_that_went_missing_or_were_renamed_are_a_changed_input() -> None:
    want = called_with(OLD, OLD)
    for got in (called_with(OLD), called_with(OLD, OLD, OLD)):
        assert keys(check(got, want)) == ["input.count"]
    renamed = returned(arguments=(("y", OLD), ("x", OLD)))
    assert keys(check(renamed, want)) == ["input.count"]


def state(**texts: str) -> Observation:
    return returned(state=tuple(texts.items()))


def test_state_that_is_left_otherwise_is_named() -> None:
    want = state(grad_mode="on", default_dtype="torch.float32")
    found = check(state(grad_mode="on", default_dtype="torch.float64"), want)
    assert verdict_of(found) is Verdict.CHANGED_STATE
    assert only(found).message.parameters == {
        "name": "default_dtype",
        "expected": "torch.float32",
        "got": "torch.float64",
    }


def test_state_may_be_changed_as_the_reference_changes_it() -> None:
    assert not check(state(grad_mode="off"), state(grad_mode="off"))


def test_state_that_was_not_seen_is_not_right_and_state_not_asked_for_does_not_matter() -> None:
    assert keys(check(state(), state(grad_mode="on"))) == ["state.differs"]
    assert not check(state(grad_mode="on", more="x"), state(grad_mode="on"))


def test_a_generators_digest_is_never_shown() -> None:
    found = only(check(state(rng_torch="d1"), state(rng_torch="d2")))
    assert found.message.key == "state.rng"
    assert found.message.parameters == {"generator": "torch"}
    assert (found.expected, found.got) == (None, None)


@pytest.mark.parametrize(
    ("got", "want", "key", "line"),
    [
        (b"a\nb\n", b"a\nc\n", "output.line", 2),
        (b"", b"a", "output.nothing", 1),
        (b"a\n", b"a\nb\n", "output.missing", 2),
        (b"a\nb\n", b"a\n", "output.extra", 2),
        (b"\na", b"a", "output.line", 1),
        (b"a\x00", b"a", "output.line", 1),
    ],
)
def test_the_first_differing_line_of_output_is_named(
    got: bytes, want: bytes, key: str, line: int
) -> None:
    found = only(check(returned(output=got), returned(output=want), Fact.OUTPUT))
    assert (found.message.key, found.message.parameters["line"]) == (key, line)


@pytest.mark.parametrize("got", [b"a\nb", b"a  \nb\t\n\n \n", b"a\r\nb\r\n"])
def test_white_space_at_line_ends_and_empty_last_lines_do_not_count(got: bytes) -> None:
    assert not check(returned(output=got), returned(output=b"a\nb\n"), Fact.OUTPUT)


def test_output_is_compared_only_on_request_and_shown_without_control_characters() -> None:
    got, want = returned(output=b"\x1b[31m\xff"), returned(output=b"x")
    assert not check(got, want)
    found = only(check(got, want, Fact.OUTPUT))
    assert found.got is not None
    assert found.got.isprintable()


def files(**contents: Node) -> Observation:
    return returned(files=tuple((f"{name}.pt", node) for name, node in contents.items()))


def test_files_are_compared_by_name_then_by_content() -> None:
    want = files(w=OLD, b=OLD)
    assert not check(files(b=OLD, w=OLD), want, Fact.FILES)
    missing = only(check(files(w=OLD), want, Fact.FILES))
    assert (missing.message.key, missing.message.parameters["names"]) == ("files.missing", "b.pt")
    extra = only(check(files(w=NEW, b=OLD, c=OLD), want, Fact.FILES))
    assert (extra.message.key, extra.message.parameters["names"]) == ("files.extra", "c.pt")
    content = only(check(files(w=NEW, b=OLD), want, Fact.FILES))
    assert (content.path, content.message.key) == ("files['w.pt']", "files.differs")
    assert content.message.parameters["aspect"] == "value"


def test_files_that_were_not_looked_for_are_missing() -> None:
    assert keys(check(returned(), files(w=OLD), Fact.FILES)) == ["files.missing"]
    assert not check(files(w=OLD), returned(), Fact.FILES)


def operations(**counts: int) -> Observation:
    return returned(operations=tuple(counts.items()))


def test_twice_the_references_operations_and_two_are_allowed() -> None:
    want = operations(mul=2, add=1)
    assert not check(operations(mul=8), want, Fact.OPERATIONS)
    found = only(check(operations(mul=2, add=7), want, Fact.OPERATIONS))
    assert found.message.parameters == {"count": 9, "limit": 8, "most": "add", "times": 7}
    assert found.fact is Fact.OPERATIONS


def test_an_explicit_limit_stands_before_the_default() -> None:
    want = operations(mul=100)
    assert keys(check(operations(mul=4), want, Fact.OPERATIONS, max_ops=3)) == ["ops.too_many"]
    assert not check(operations(mul=3), want, Fact.OPERATIONS, max_ops=3)


def test_operations_that_were_not_counted_are_not_accepted() -> None:
    assert keys(check(returned(), operations(mul=1), Fact.OPERATIONS)) == ["ops.unknown"]


def test_a_liars_counts_do_not_cancel_each_other() -> None:
    got = operations(mul=50, add=-50)
    assert keys(check(got, operations(mul=1), Fact.OPERATIONS)) == ["ops.too_many"]


def test_facts_come_in_teaching_order_at_most_one_of_each() -> None:
    got = returned(
        number(2), arguments=(("x", NEW), ("y", NEW)), state=(("grad_mode", "off"),), output=b"a"
    )
    want = returned(
        number(1), arguments=(("x", OLD), ("y", OLD)), state=(("grad_mode", "on"),), output=b"b"
    )
    found = [each.fact for each in check(got, want, *Fact)]
    assert found == [Fact.VALUE, Fact.INPUT, Fact.STATE, Fact.OUTPUT]
