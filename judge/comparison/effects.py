"""Compare what a call left behind: its arguments, global state, output, files, operations."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from judge.comparison.facts import tree_difference
from judge.comparison.texts import MOST_VALUE, clean, value_text
from judge.comparison.tolerances import EXACT
from judge.domain.observation import Node, Observation
from judge.domain.problem import Tolerance
from judge.domain.report import Difference, Message, Parameter
from judge.domain.verdict import Fact

_TELLING = frozenset({"value.grad_extra", "value.grad_missing"})
"""Messages that say more than that something differs."""
_MOST_NAMES = 5
_LARGEST = 1 << 62
_GENERATOR = "rng_"


def input_difference(
    got: Observation, *, want: Observation, tolerance: Tolerance | None
) -> Difference | None:
    """Return the first argument that is not, after the call, what the reference leaves."""
    if got.arguments is want.arguments:
        return None
    if [name for name, _ in want.arguments] != [name for name, _ in got.arguments]:
        return _at(Fact.INPUT, "arguments", "input.count", {"path": "arguments"})
    for index, (name, node) in enumerate(want.arguments):
        given = got.arguments[index][1]
        root = argument_path(name)
        found = tree_difference(given, want=node, root=root, tolerance=tolerance)
        if found is not None:
            return _moved(found, Fact.INPUT, f"input.{_manner(given, want, index)}")
    return None


def argument_path(name: str) -> str:
    """Return the path of an argument: ``arguments.x``."""
    return f"arguments.{clean(name)}"


def _manner(got: Node, want: Observation, index: int) -> str:
    """Say what the answer did to an argument, where the key tells what it was before the call."""
    if [name for name, _ in want.inputs] != [name for name, _ in want.arguments]:
        return "differs"
    before, after = want.inputs[index][1], want.arguments[index][1]
    if tree_difference(after, want=before, root="", tolerance=EXACT) is None:
        return "changed"
    return "differs" if tree_difference(got, want=before, root="", tolerance=EXACT) else "unchanged"


def _moved(found: Difference, fact: Fact, key: str) -> Difference:
    """Return a difference of a tree under the fact that the tree belongs to."""
    message = Message(key, {"path": found.path, "aspect": found.fact.value})
    if found.message.key in _TELLING:
        message = found.message
    return Difference(fact, found.path, message, found.expected, found.got, found.values)


def _at(fact: Fact, path: str, key: str, parameters: Mapping[str, Parameter]) -> Difference:
    return Difference(fact, path, Message(key, parameters))


def state_difference(got: Observation, *, want: Observation) -> Difference | None:
    """Return the first piece of global state that is not left as the reference leaves it."""
    if got.state is want.state:
        return None
    given = dict(got.state)
    for name, text in dict(want.state).items():
        other = given.get(name)
        if other == text:
            continue
        path, shown = f"state.{clean(name)}", clean(name)
        if name.startswith(_GENERATOR):
            generator = clean(name.removeprefix(_GENERATOR))
            return _at(Fact.STATE, path, "state.rng", {"generator": generator})
        expected, found = clean(text), clean("?" if other is None else other)
        parameters = {"name": shown, "expected": expected, "got": found}
        return Difference(Fact.STATE, path, Message("state.differs", parameters), expected, found)
    return None


def output_difference(got: Observation, *, want: Observation) -> Difference | None:
    """Return the first line of standard output that differs; spaces at line ends do not count."""
    if got.output == want.output:
        return None
    wanted, given = _lines(want.output), _lines(got.output)
    for number, (line, other) in enumerate(zip_longest(wanted, given), start=1):
        if line != other:
            return _output(number, line, other, nothing=not got.output.strip())
    return None


def _lines(output: bytes) -> Iterator[bytes]:
    # One line at a time: a list of a hundred million empty lines would be memory.
    for line in io.BytesIO(output.rstrip()):
        yield line.rstrip()


def _output(number: int, line: bytes | None, other: bytes | None, *, nothing: bool) -> Difference:
    key = "output.line"
    if nothing:
        key = "output.nothing"
    elif other is None:
        key = "output.missing"
    elif line is None:
        key = "output.extra"
    expected, got = (None if each is None else _line_text(each) for each in (line, other))
    return Difference(
        Fact.OUTPUT, "output", Message(key, {"line": number}), expected=expected, got=got
    )


def _line_text(line: bytes) -> str:
    return clean(line[:MOST_VALUE].decode("utf-8", "replace"), limit=MOST_VALUE)


def files_difference(
    got: Observation, *, want: Observation, tolerance: Tolerance | None
) -> Difference | None:
    """Return the first file that is missing, unasked for, or not the key's in content."""
    if want.files is None:
        return None
    wanted, given = dict(want.files), dict(got.files or ())
    for key, names in (
        ("files.missing", [name for name in wanted if name not in given]),
        ("files.extra", [name for name in given if name not in wanted]),
    ):
        if names:
            listed = ", ".join(clean(name) for name in names[:_MOST_NAMES])
            return _at(Fact.FILES, "files", key, {"names": listed})
    for name, node in wanted.items():
        root = f"files[{value_text(name)}]"
        found = tree_difference(given[name], want=node, root=root, tolerance=tolerance)
        if found is not None:
            return _moved(found, Fact.FILES, "files.differs")
    return None


def operations_difference(
    got: Observation, *, want: Observation, max_ops: int | None
) -> Difference | None:
    """Return a difference where the answer dispatched more operations than it may.

    Without ``max_ops`` that is twice the reference's and two more: room for another way of writing
    the same, none for a loop over elements.
    """
    limit = operations_limit(want) if max_ops is None else max_ops
    if limit is None:
        return None
    if got.operations is None:
        return _at(Fact.OPERATIONS, "operations", "ops.unknown", {})
    count = operations_count(got.operations)
    if count <= limit:
        return None
    most, times = max(got.operations, key=lambda operation: operation[1], default=("?", 0))
    parameters: dict[str, Parameter] = {"count": count, "limit": limit}
    parameters |= {"most": clean(most), "times": min(times, _LARGEST)}
    message = Message("ops.too_many", parameters)
    return Difference(Fact.OPERATIONS, "operations", message, f"≤ {limit}", str(count))


def operations_limit(want: Observation) -> int | None:
    """Return how many operations an answer may dispatch beside this reference."""
    return None if want.operations is None else 2 * operations_count(want.operations) + 2


def operations_count(operations: tuple[tuple[str, int], ...]) -> int:
    """Add up a profile; a liar's counts may be negative or absurd."""
    return min(sum(max(0, min(count, _LARGEST)) for _, count in operations), _LARGEST)
