"""From a sound file to the domain's problem."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from judge.catalog import ProblemFileError, load_problem
from judge.domain.problem import (
    Choice,
    Difficulty,
    Expression,
    IntegerRange,
    Limits,
    Problem,
    Rules,
    Text,
    Tolerance,
)
from judge.domain.verdict import Device, Fact, Verdict
from judge.errors import AuthorError, UsageError

Load = Callable[[str], Problem]
Faults = Callable[[str | bytes], list[str]]
Edited = Callable[..., str]

CASE = """\
  - name: {zh: 全部, en: everything}
    show: true
    let:
      n: 1..4
      m: -3 .. -1
      k: [2, 2.5, true, "n + 1", torch.float32]
      base: torch.randn(n, 3)
      five: 5
    setup: |
      x = base + five
    args: [x]
    kwargs: {keys: "torch.ones(3, 4)"}
    repeat: 5
    points: 3
    check: [grad, layout]
    prints: |
      done
    device: cuda
    tolerance: {rtol: 1e-5, atol: 0}
    max_ops: 2
"""


def test_a_sound_file_becomes_the_problem_it_describes(load: Load, sound: str) -> None:
    problem = load(sound)
    assert problem.slug == "01-tensors/scores"
    assert problem.title == Text(zh="批量打分", en="Batched scores")
    assert problem.difficulty is Difficulty.EASY
    assert problem.signature.name == "scores"
    assert problem.signature.parameters == ("queries", "keys")
    assert problem.signature.source == "scores(queries: Tensor, keys: Tensor) -> Tensor"
    assert problem.statement.en == "Compute the scores."
    assert problem.solution == "def scores(queries, keys):\n    return queries @ keys\n"
    assert problem.mistakes[0].verdict is Verdict.WRONG_SHAPE
    assert problem.mistakes[0].explain == Text("形状", "Shape")
    assert problem.also == ("def scores(queries, keys):\n    return torch.bmm(queries, keys)\n",)
    assert [case.name.zh for case in problem.cases] == ["worked example", "another"]
    assert problem.cases[0].arguments == ("torch.ones(2, 3)", "torch.ones(3, 4)")


def test_what_is_left_out_has_the_domains_defaults(load: Load, sound: str) -> None:
    problem = load(sound)
    assert problem.limits == Limits()
    assert problem.rules == Rules()
    assert problem.tolerance is None
    assert (problem.teaches, problem.hints, problem.given) == ((), (), "")
    assert not problem.exempt
    case = problem.cases[0]
    assert (case.shown, case.repeat, case.points, case.setup) == (False, 1, 1, "")
    assert case.device is Device.CPU
    assert case.checks == frozenset()


def test_every_key_of_a_case_arrives(load: Load, sound: str) -> None:
    case = load(sound + CASE).cases[-1]
    assert case.name == Text(zh="全部", en="everything")
    assert case.shown
    assert case.let == (
        ("n", IntegerRange(1, 4)),
        ("m", IntegerRange(-3, -1)),
        ("k", Choice(("2", "2.5", "True", "n + 1", "torch.float32"))),
        ("base", Expression("torch.randn(n, 3)")),
        ("five", Expression("5")),
    )
    assert case.setup == "x = base + five\n"
    assert case.arguments == ("x",)
    assert case.keywords == (("keys", "torch.ones(3, 4)"),)
    assert (case.repeat, case.points, case.max_ops) == (5, 3, 2)
    assert case.prints == "done\n"
    assert case.device is Device.CUDA
    assert case.tolerance == Tolerance(rtol=1e-5, atol=0.0)


def test_prints_and_max_ops_ask_for_their_facts(load: Load, sound: str) -> None:
    case = load(sound + CASE).cases[-1]
    assert case.checks == {Fact.GRADIENT, Fact.LAYOUT, Fact.OUTPUT, Fact.OPERATIONS}


def test_every_key_of_a_problem_arrives(load: Load, edited: Edited) -> None:
    problem = load(
        edited(
            last="""\
teaches: [torch.bmm, "@"]
hints: [{zh: 甲, en: A}, {zh: 乙, en: B}]
given: |
  import torch
rules: {forbid: [torch.einsum, for], require: [torch.bmm]}
limits: {time_s: 1, memory_mb: 64}
tolerance: {rtol: 1e-5, atol: 1e-8}
exempt: {detached: nothing here has a gradient}
"""
        )
    )
    assert problem.teaches == ("torch.bmm", "@")
    assert problem.hints == (Text("甲", "A"), Text("乙", "B"))
    assert problem.given == "import torch\n"
    assert problem.rules == Rules(forbid=("torch.einsum", "for"), require=("torch.bmm",))
    assert problem.limits == Limits(time_s=1.0, memory_bytes=64 * 1024 * 1024)
    assert problem.tolerance == Tolerance(rtol=1e-5, atol=1e-8)
    assert problem.exempt == {"detached": "nothing here has a gradient"}


def test_a_case_may_state_what_it_expects(load: Load, sound: str) -> None:
    returned, raised, silent = load(
        sound
        + """\
  - {name: returned, args: [1, -2.5], returns: 3}
  - {name: raised, args: [1, None], raises: RuntimeError}
  - {name: silent, args: [1, 2], prints: ""}
"""
    ).cases[2:]
    assert (returned.arguments, returned.returns) == (("1", "-2.5"), "3")
    assert (raised.arguments, raised.raises) == (("1", "None"), "RuntimeError")
    assert silent.prints == ""
    assert silent.checks == {Fact.OUTPUT}


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(
    place: Path, sound: str, ending: str
) -> None:
    place.write_bytes(b"\xef\xbb\xbf" + sound.replace("\n", ending).encode())
    assert "\r" not in load_problem(place).solution


def test_an_exception_of_the_authors_own_may_be_expected(load: Load, sound: str) -> None:
    problem = load(sound + "  - {name: own, args: [1, 2], raises: ShapeError}\n")
    assert problem.cases[-1].raises == "ShapeError"


def test_the_error_prints_every_fault_with_its_place(place: Path, edited: Edited) -> None:
    place.write_text(edited("difficulty: easy", "difficulty: eazy\ntitel: x"))
    with pytest.raises(ProblemFileError) as caught:
        load_problem(place)
    assert isinstance(caught.value, AuthorError)
    assert str(caught.value).split("\n") == [
        f"{place}:3:13: `difficulty` cannot be the text 'eazy' (did you mean `easy`?)",
        f"{place}:4:1: unknown key `titel` (did you mean `title`?)",
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Scores.yaml", "scores.yaml"),
        ("two_words.yaml", "two-words.yaml"),
        ("scores.yml", "scores.yaml"),
        ("分数.yaml", "name.yaml"),
    ],
)
def test_a_file_with_another_name_than_a_slug_is_refused(
    place: Path, sound: str, name: str, meant: str
) -> None:
    path = place.with_name(name)
    path.write_text(sound)
    with pytest.raises(ProblemFileError) as caught:
        load_problem(path)
    assert [one.suggestion for one in caught.value.diagnostics] == [meant]


def test_a_folder_that_is_no_chapter_is_refused_along_with_the_rest(
    tmp_path: Path, edited: Edited
) -> None:
    folder = tmp_path / "Tensors"
    folder.mkdir()
    path = folder / "scores.yaml"
    path.write_text(edited("easy", "eazy"))
    with pytest.raises(ProblemFileError) as caught:
        load_problem(path)
    assert [one.suggestion for one in caught.value.diagnostics] == ["01-tensors", "easy"]


def test_a_wrong_name_is_told_even_where_the_text_is_not_yaml(place: Path) -> None:
    path = place.with_suffix(".yml")
    path.write_text("a: [")
    with pytest.raises(ProblemFileError) as caught:
        load_problem(path)
    assert len(caught.value.diagnostics) == 2


def test_a_missing_file_is_the_callers_fault(place: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        load_problem(place)


def test_a_folder_is_the_callers_fault(place: Path) -> None:
    with pytest.raises(UsageError, match="this is a folder"):
        load_problem(place.parent)


def test_a_pipe_does_not_keep_us_waiting(place: Path) -> None:
    os.mkfifo(place)
    with pytest.raises(UsageError, match="not a file"):
        load_problem(place)


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 5000 + ".yaml"])
def test_a_path_that_cannot_be_is_the_callers_fault(place: Path, name: str) -> None:
    with pytest.raises(UsageError):
        load_problem(place.parent / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_a_file_that_may_not_be_read_is_the_callers_fault(place: Path, sound: str) -> None:
    place.write_text(sound)
    place.chmod(0)
    with pytest.raises(UsageError, match="cannot be read"):
        load_problem(place)


def test_a_file_that_is_too_large_is_refused_unread(faults: Faults) -> None:
    assert faults("# " + "x" * 1_000_000) == ["1:1: the file is larger than 1 MB"]


def test_text_that_is_not_utf8_is_told_with_its_place(faults: Faults) -> None:
    found = faults("a: 1\n数: ".encode() + b"\xff")
    assert found == ["2:4: the byte 0xff is not UTF-8: save the file as UTF-8"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "null\n"])
def test_an_empty_file_is_called_empty(faults: Faults, text: str) -> None:
    assert faults(text) == ["1:1: the file is empty"]


@pytest.mark.parametrize("text", ["- 1\n", "hello\n", "3\n"])
def test_a_file_that_is_no_mapping_is_refused(faults: Faults, text: str) -> None:
    assert faults(text) == ["1:1: the file must be a mapping that begins with `format: 1`"]
