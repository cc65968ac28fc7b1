"""An answer is parsed and held against the rules before a line of it runs."""

from __future__ import annotations

import sys
import types

import pytest

from judge.sandbox.child.source import (
    MAX_VIOLATIONS,
    answer_frames,
    check_source,
    new_module,
)
from judge.sandbox.protocol import ANSWER, MAX_TRACEBACK_FRAMES, MODULE


def test_an_answer_that_is_well_formed_is_compiled_and_not_run() -> None:
    code, problem, uses = check_source("raise SystemExit", [], [])
    assert (problem, uses) == (None, [])
    assert isinstance(code, types.CodeType)
    assert code.co_filename == ANSWER


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("x = 1\ndef f(:\n", 2, 7),
        ("x = (", 1, 5),
        ("if x:\npass", 2, 1),
        ("return 1", 1, 1),
        ("x = 1\n'é' = 2", 2, 1),
    ],
)
def test_a_syntax_error_has_its_place(source: str, line: int, column: int) -> None:
    code, problem, _ = check_source(source, [], [])
    assert code is None
    assert problem is not None
    assert problem.kind == "syntax"
    assert problem.detail
    ((at, start, _, what),) = problem.spots
    assert (at, start, what) == (line, column, problem.detail)


def test_a_null_byte_is_a_syntax_error() -> None:
    _, problem, _ = check_source("x = 1\x00", [], [])
    assert problem is not None
    assert problem.kind == "syntax"
    assert len(problem.spots) == 1


@pytest.mark.parametrize(
    "source", ["(" * 5000 + ")" * 5000, "-" * 100_000 + "1", "x" + ".y" * 50_000]
)
def test_nesting_without_end_is_refused_and_not_died_of(source: str) -> None:
    code, problem, _ = check_source(source, ["for"], [])
    assert code is None
    assert problem is not None
    assert problem.kind in {"deep", "syntax"}


def test_a_warning_of_the_compiler_is_nobody_s_business() -> None:
    code, problem, _ = check_source("x = 1 is 1\ny = '\\d'", [], [])
    assert problem is None
    assert code is not None


def test_a_forbidden_answer_is_not_compiled_and_told_where() -> None:
    code, problem, _ = check_source("x = 1\nfor y in x: pass", ["for"], ["torch.bmm"])
    assert code is None
    assert problem is not None
    assert (problem.kind, problem.detail) == ("forbidden", "for")
    assert problem.spots == [(2, 1, "for", "for")]


def test_only_so_many_places_are_told() -> None:
    _, problem, _ = check_source("for y in x: pass\n" * 100, ["for"], [])
    assert problem is not None
    assert len(problem.spots) == MAX_VIOLATIONS


def test_the_required_names_that_an_answer_uses_are_told() -> None:
    source = "from torch import nn\nnn.Linear(1, 2)"
    _, _, uses = check_source(source, [], ["torch.nn.Linear", "torch.bmm"])
    assert uses == ["torch.nn.Linear"]


def test_the_answer_s_module_is_where_pickle_looks_for_it() -> None:
    before = sys.modules.get(MODULE)
    try:
        module = new_module()
        assert sys.modules[MODULE] is module
        assert module.__name__ == MODULE
    finally:
        sys.modules.pop(MODULE)
        if before is not None:
            sys.modules[MODULE] = before


def raising(source: str) -> BaseException:
    """Return what an answer raised when its ``f`` was called."""
    names: dict[str, object] = {}
    exec(compile(source, ANSWER, "exec"), names)  # noqa: S102  written above
    with pytest.raises(BaseException) as caught:  # noqa: PT011  whatever it is
        names["f"]()  # type: ignore[operator]
    return caught.value


def test_a_traceback_holds_the_answer_s_own_lines_only() -> None:
    source = "import json\ndef g():\n    json.loads('{')\ndef f():\n    g()\n"
    assert answer_frames(raising(source)) == [(5, "f"), (3, "g")]


def test_of_a_long_traceback_both_ends_are_kept() -> None:
    source = "def g(n):\n    if n: g(n - 1)\n    1 / 0\ndef f():\n    g(100)\n"
    frames = answer_frames(raising(source))
    assert len(frames) == MAX_TRACEBACK_FRAMES
    assert frames[0] == (5, "f")
    assert frames[-1] == (3, "g")
