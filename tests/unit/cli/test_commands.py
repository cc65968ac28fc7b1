"""The commands, as far as they need no sandbox: their names, their errors, their exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from judge import __version__
from judge.cli import main
from judge.cli.check import problem_files
from judge.cli.failures import failure_of
from judge.cli.group import COMMANDS
from judge.cli.run import checked_seed, only, read_answer, worded
from judge.domain.problem import Case, Difficulty, Language, Problem, Signature, Text
from judge.domain.report import Message, as_json
from judge.domain.verdict import Device
from judge.errors import AuthorError, JudgeError, SandboxError, UsageError


@pytest.fixture
def call() -> CliRunner:
    """Call the command with English and the repository's problems."""
    return CliRunner(env={"JUDGE_LANGUAGE": "en", "JUDGE_PROBLEMS": None, "JUDGE_CACHE_DIR": None})


def invoked(call: CliRunner, *arguments: str) -> Result:
    return call.invoke(main, arguments, prog_name="judge")


def problem(*devices: Device) -> Problem:
    cases = tuple(Case(Text(each, f"on {each}"), device=each) for each in devices)
    words = Text("题", "Problem")
    signature = Signature("f()", "f", ())
    return Problem("01-a/b", "0", words, Difficulty.EASY, signature, words, "", cases)


def test_the_version_is_told(call: CliRunner) -> None:
    result = invoked(call, "--version")
    assert (result.exit_code, result.output) == (0, f"judge, version {__version__}\n")


def test_the_help_names_every_command(call: CliRunner) -> None:
    output = invoked(call, "--help").output
    for name, (_, line) in COMMANDS.items():
        assert f"  {name} " in output
        assert line in output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_a_name_that_fits(name: str, call: CliRunner) -> None:
    result = invoked(call, name, "--help")
    assert result.exit_code == 0
    assert f"Usage: judge {name}" in result.output


def test_the_group_imports_nothing_heavy() -> None:
    heavy = ("rich", "numpy", "pydantic", "ruamel")
    program = (
        "import sys; import judge.cli;"
        f"print([each for each in sys.modules if each.split('.')[0] in {heavy!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("run", "a", "b", "--nonsense"),
        ("run", "a", "b", "--lang", "fr"),
        ("run", "01-creation/dice", "/no/such/file"),
        ("run", "01-creation/dice", "/"),
        ("run", "01-creation/dice", __file__, "--seed", "xyz"),
        ("check", "no-such/problem"),
        ("nonsense",),
    ],
)
def test_a_wrong_call_exits_with_two_and_says_why(
    arguments: tuple[str, ...], call: CliRunner
) -> None:
    plain, as_object = invoked(call, *arguments), invoked(call, *arguments, "--json")
    assert (plain.exit_code, as_object.exit_code) == (2, 2)
    assert plain.stdout == ""
    assert plain.stderr
    assert "Traceback" not in plain.stderr
    error = json.loads(as_object.stdout)["error"]
    assert error.keys() == {"kind", "message"}
    assert error["kind"] == "usage"


def test_a_wrong_environment_is_a_wrong_call() -> None:
    runner = CliRunner(env={"JUDGE_LANGUAGE": "klingon"})
    result = runner.invoke(main, ["run", "a", "b", "--json"])
    assert result.exit_code == 2
    assert "JUDGE_LANGUAGE" in json.loads(result.stdout)["error"]["message"]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (AuthorError("x"), "author"),
        (SandboxError("x"), "sandbox"),
        (UsageError("x"), "usage"),
        (click.UsageError("x"), "usage"),
        (JudgeError("x"), "internal"),
        (ZeroDivisionError("x"), "internal"),
    ],
)
def test_an_error_says_whose_fault_it_is(error: Exception, kind: str) -> None:
    failure = failure_of(error)
    assert (failure.kind, failure.exit_code) == (kind, 2)
    assert "x" in failure.message


def test_the_schema_is_json_and_its_reference_is_a_page(call: CliRunner) -> None:
    assert json.loads(invoked(call, "schema").output)["title"]
    assert invoked(call, "schema", "--reference").output.startswith("# The problem format")


def test_an_answer_is_read_as_bytes(tmp_path: Path) -> None:
    path = tmp_path / "answer.py"
    path.write_bytes(b"\xff\x00\r\n")
    assert read_answer(str(path)) == b"\xff\x00\r\n"


def test_a_seed_is_hexadecimal_and_fresh_where_none_is_given() -> None:
    assert checked_seed("00FF") == "00ff"
    assert checked_seed(None) != checked_seed(None)
    with pytest.raises(UsageError, match="hexadecimal"):
        checked_seed("0x12")


def test_one_device_leaves_the_others_cases_out_by_name() -> None:
    mixed = problem(Device.CPU, Device.CUDA, Device.CPU)
    assert only(mixed, None) == (mixed, ())
    part, left_out = only(mixed, Device.CPU)
    assert [case.name.en for case in part.cases] == ["on cpu", "on cpu"]
    assert [name.en for name in left_out] == ["on cuda"]


def test_a_device_without_cases_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="no cases for cuda"):
        only(problem(Device.CPU), Device.CUDA)


def test_every_message_of_a_report_gets_its_sentence() -> None:
    message = Message("files.missing", {"names": ("a", "b")})
    shown = worded({"cases": [as_json(message)], "key": 1}, Language.EN)
    assert shown["key"] == 1
    assert shown["cases"][0]["parameters"] == {"names": ["a", "b"]}
    assert shown["cases"][0]["text"].endswith("missing: a, b.")


def test_problems_are_named_by_file_by_folder_and_by_slug(tmp_path: Path) -> None:
    paths = [
        tmp_path / "01-a" / "x.yaml",
        tmp_path / "01-a" / "y.yaml",
        tmp_path / "02-b" / "z.yaml",
    ]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    (tmp_path / "course.yaml").write_text("")
    assert problem_files(tmp_path, []) == tuple(paths)
    assert problem_files(tmp_path, [str(tmp_path)]) == tuple(paths)
    assert problem_files(tmp_path, ["01-a"]) == tuple(paths[:2])
    assert problem_files(tmp_path, ["02-b/z", str(paths[0]), "02-b/z"]) == (paths[2], paths[0])
    with pytest.raises(UsageError):
        problem_files(tmp_path, ["03-c"])
