"""Whatever the bytes are, a file is a problem, a fault of its author's, or the caller's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judge.catalog import (
    Diagnostic,
    ProblemFileError,
    all_problem_files,
    find_problem,
    load_problem,
)
from judge.errors import UsageError

PIECES = [
    "\n", "\n  ", "\n    ", "- ", ": ", "{", "}", "[", "]", ", ", '"', "'", "|", ">-", "&a ", "*a",
    "!!str ", "!", "? ", "#", "%YAML 1.2\n", "---\n", "...\n", "\t", "\r", "\x85",
    "\u2028", "\ufeff",
    "\\U0011FFFF", "\\x", "~", "1e999", ".inf", "0x", "1..4", "a", "format: 1\n", "title", "cases",
    "name", "args", "let", "signature: f(x)\n", "solution: |\n  def f(x):\n", "mistakes", "verdict",
    "also", "lambda:", "(", "\\d", "\0", "@", "`", "<<: ",
]  # fmt: skip


@contextmanager
def _file(content: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "01-tensors" / "scores.yaml"
        path.parent.mkdir()
        path.write_bytes(content)
        yield path


def _survives(content: bytes) -> None:
    with _file(content) as path:
        found: tuple[Diagnostic, ...] = ()
        try:
            load_problem(path)
        except ProblemFileError as exc:
            found = exc.diagnostics
            # A fault without a place or a text would be no help.
            if not found or not str(exc).strip():
                raise
        assert all(one.line >= 1 and one.column >= 1 and one.message for one in found)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_never_more_than_a_fault(content: bytes) -> None:
    _survives(content)


@settings(max_examples=250, deadline=None)
@given(st.text(max_size=200))
def test_arbitrary_text_is_never_more_than_a_fault(content: str) -> None:
    _survives(content.encode("utf-8", "replace"))


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_pieces_of_yaml_in_any_order_are_never_more_than_a_fault(pieces: list[str]) -> None:
    _survives("".join(pieces).encode())


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["cases", "args", "let", "name", "title", "solution", "rules"])
                | st.text(max_size=4),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_tree_of_values_is_never_more_than_a_fault(value: object) -> None:
    # What json.dumps would write is YAML as well; repr is near enough, and odder.
    _survives(repr(value).encode("utf-8", "replace"))


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    start=st.floats(0, 1),
    length=st.sampled_from([0, 1, 3, 20]),
    piece=st.sampled_from(PIECES),
)
def test_a_sound_file_with_any_change_is_never_more_than_a_fault(
    sound: str, start: float, length: int, piece: str
) -> None:
    first = int(start * len(sound))
    _survives((sound[:first] + piece + sound[first + length :]).encode())


@pytest.mark.parametrize("end", [10, 100, 300, 500])
def test_a_file_cut_short_is_never_more_than_a_fault(sound: str, end: int) -> None:
    _survives(sound.encode()[:end])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_name_of_a_problem_is_the_callers_fault_at_most(name: str) -> None:
    with _file(b"") as path:
        root = path.parent.parent
        try:
            found = find_problem(root, name)
        except UsageError:
            return
        assert found.is_file()
        assert found in all_problem_files(root) or Path(name).is_file()
