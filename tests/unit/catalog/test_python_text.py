"""Python inside a problem's file: checked, placed, never run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from judge.catalog.diagnostics import Spot
from judge.catalog.python_text import (
    CodeError,
    defined_names,
    parse_expression,
    parse_signature,
    parse_statements,
)
from judge.domain.problem import Problem

Faults = Callable[[str | bytes], list[str]]
Load = Callable[[str], Problem]
Edited = Callable[..., str]


def test_a_syntax_error_in_a_block_is_told_on_its_own_line(faults: Faults, edited: Edited) -> None:
    found = faults(edited("      return queries @ keys", "      return (queries @ keys"))
    assert found == ["12:14: `solution` is not valid Python: '(' was never closed"]


def test_lines_count_right_after_blank_lines_and_indentation_marks(
    faults: Faults, edited: Edited
) -> None:
    block = "solution: |2\n\n\n  def scores(queries, keys):\n      return queries @\n"
    text = edited("solution: |\n  def scores(queries, keys):\n      return queries @ keys\n", block)
    assert faults(text) == ["14:23: `solution` is not valid Python: invalid syntax"]


@pytest.mark.parametrize(
    ("case", "spot"),
    [
        ('args: ["1", "2 +"]', "29:21"),
        ("args: ['1', '2 +']", "29:21"),
        ("args: [1, 2 +]", "29:18"),
        ("args: [1, \"'\\u0041' +\"]", "29:15"),
        ("args: [1, >-\n      ]", "29:"),
        ("args:\n      - 1\n      - |\n        (2 +\n         +)", "33:11"),
        ("args:\n      - 1\n      - >\n        (2\n        +)", "31:9"),
    ],
)
def test_a_syntax_error_in_an_expression_is_told_as_near_as_can_be(
    faults: Faults, edited: Edited, case: str, spot: str
) -> None:
    found = faults(edited(last=f"  - name: third\n    {case}\n"))
    assert len(found) == 1
    assert found[0].startswith(spot)


def test_an_unquoted_expression_with_commas_is_told_to_be_quoted(
    faults: Faults, edited: Edited
) -> None:
    found = faults(edited(last="  - name: third\n    args: [torch.ones(2, 3)]\n"))
    assert len(found) == 2
    assert all("has to be quoted" in one for one in found)


@pytest.mark.parametrize("key", ["setup", "returns"])
def test_setup_and_returns_are_checked_too(faults: Faults, edited: Edited, key: str) -> None:
    found = faults(edited(last=f'  - name: third\n    args: [1, 2]\n    {key}: "1 +"\n'))
    assert len(found) == 1
    assert f"`{key}` is not " in found[0]


def test_given_code_is_checked_too(faults: Faults, edited: Edited) -> None:
    found = faults(edited(last="given: |\n  import\n"))
    assert found == ["29:9: `given` is not valid Python: invalid syntax"]


def test_a_statement_is_no_expression(faults: Faults, edited: Edited) -> None:
    found = faults(edited(last='  - name: third\n    args: ["x = 1", "import os"]\n'))
    assert len(found) == 2
    assert all("is not a Python expression" in one for one in found)


def test_a_known_syntax_error_need_not_parse(load: Load, edited: Edited) -> None:
    text = edited("verdict: wrong_shape", "verdict: syntax_error")
    problem = load(text.replace("return queries * keys", "return queries *"))
    assert problem.mistakes[0].code.endswith("return queries *\n")


def test_code_is_never_run(load: Load, edited: Edited, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    load(
        edited(
            last=f"  - name: third\n    args: [\"open('{victim}', 'w')\", 2]\n"
            f"given: |\n  open('{victim}', 'w')\n"
        )
    )
    assert not victim.exists()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "-" * 100_000 + "1",
        "+".join("1" * 100_000),
        "a" + ".a" * 100_000,
        "not " * 50_000 + "x",
        "lambda:" * 30_000 + "x",
        "a\0b",
        "\ud800",
        "1" * 5000,
    ],
)
def test_monstrous_code_is_a_fault_and_no_crash(text: str) -> None:
    with pytest.raises(CodeError):
        parse_expression(text)
    with pytest.raises(CodeError):
        parse_statements(text)
    with pytest.raises(CodeError):
        parse_signature(text)


def test_monstrous_code_in_a_file_is_a_diagnostic(faults: Faults, edited: Edited) -> None:
    found = faults(edited("return queries @ keys", "return " + "-" * 100_000 + "1"))
    assert found == ["11:3: `solution` is not valid Python: it is nested too deeply"]


def test_names_are_found_wherever_a_module_binds_them() -> None:
    text = """\
import torch.nn, numpy as np
from math import inf as infinity
if True:
    def inner(): ...
try:
    first = second = 1
except ValueError:
    third: int = 3
fourth: int
class Fifth: ...
def outer():
    hidden = 1
scores = lambda x: x
"""
    names = defined_names(parse_statements(text))
    assert set(names) == {
        "torch",
        "np",
        "infinity",
        "inner",
        "first",
        "second",
        "third",
        "Fifth",
        "outer",
        "scores",
    }
    assert names["inner"] == Spot(4, 5)


def test_a_signature_knows_every_kind_of_parameter() -> None:
    head = parse_signature("f(a, b=1, /, c=2, *rest, d, e=3, **more) -> Tensor")
    assert head.signature.name == "f"
    assert head.signature.parameters == ("a", "b", "c", "rest", "d", "e", "more")
    assert head.misfit(positional=1, keywords=["d"]) is None
    assert head.misfit(positional=9, keywords=["d", "whatever"]) is None
    assert head.misfit(positional=1, keywords=[]) == "missing a required argument: 'd'"


def test_arguments_that_do_not_fit_are_told_why() -> None:
    head = parse_signature("f(a, *, b=0)")
    assert head.misfit(positional=2, keywords=[]) == "too many positional arguments"
    assert head.misfit(positional=1, keywords=["c"]) == "got an unexpected keyword argument 'c'"
    assert head.misfit(positional=1, keywords=["a"]) == "multiple values for argument 'a'"


@pytest.mark.parametrize(
    "text",
    [
        "f",
        "f(",
        "f(a, a)",
        "f(1)",
        "f(x): pass\ndef g()",
        "f(x): return 1 #",
        "f(x): pass #",
        "for(x)",
        "(x)",
        "lambda x",
        "f(x=1, y)",
        "f(x) -> Tensor; g()",
        "f(x): 1 #",
    ],
)
def test_what_is_not_the_head_of_one_function_is_refused(text: str) -> None:
    with pytest.raises(CodeError):
        parse_signature(text)


def test_a_signature_with_def_is_told_to_leave_it_out(faults: Faults, edited: Edited) -> None:
    found = faults(edited('"scores(queries: Tensor, keys: Tensor) -> Tensor"', '"def scores(x):"'))
    assert len(found) == 1
    assert "without `def` and a last colon" in found[0]
    assert found[0].endswith("(did you mean `scores(x)`?)")


def test_a_bad_signature_is_told_where_it_is_bad(faults: Faults, edited: Edited) -> None:
    found = faults(edited("(queries: Tensor, keys: Tensor)", "(queries: Tensor, 3)"))
    assert len(found) == 1
    assert found[0].startswith("4:37: `signature` is not a function's head")
