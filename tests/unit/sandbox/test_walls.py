"""The outer wall shows the zygote the interpreter and the child's modules, nothing else of ours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import judge
from judge.errors import SandboxError
from judge.sandbox.walls import CODE, PROCESSOR, outer_wall

PROGRAM = ["/usr/bin/python", "-c", "pass"]
PACKAGE = Path(judge.__file__).parent


@pytest.fixture(autouse=True)
def bwrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bubblewrap that is only found, never started."""
    program = tmp_path / "bin" / "bwrap"
    program.parent.mkdir()
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return program


def bound(command: list[str]) -> list[tuple[Path, Path]]:
    """Return what is bound, from where to where, by any of bubblewrap's ways to bind."""
    return [
        (Path(command[place + 1]), Path(command[place + 2]))
        for place, word in enumerate(command)
        if "bind" in word and word.startswith("--")
    ]


def test_the_program_is_run_by_bubblewrap(bwrap: Path) -> None:
    command = outer_wall(PROGRAM)
    assert command[0] == str(bwrap)
    assert command[command.index("--") + 1 :] == PROGRAM


def test_a_missing_bubblewrap_is_said_to_be_missing_with_its_remedy(bwrap: Path) -> None:
    bwrap.unlink()
    with pytest.raises(SandboxError, match="install the package bubblewrap"):
        outer_wall(PROGRAM)


@pytest.mark.parametrize("name", ["ipc", "pid", "net", "uts"])
def test_the_zygote_has_namespaces_of_its_own(name: str) -> None:
    assert f"--unshare-{name}" in outer_wall(PROGRAM)


def test_it_dies_with_the_judge_and_has_neither_its_terminal_nor_its_environment() -> None:
    command = outer_wall(PROGRAM)
    assert {"--die-with-parent", "--new-session", "--clearenv"} <= set(command)
    assert "--share-net" not in command
    place = command.index("--cap-drop")
    assert command[place + 1] == "ALL"


def test_only_the_child_s_modules_of_this_project_are_seen() -> None:
    ours = [(source, target) for source, target in bound(outer_wall(PROGRAM)) if PACKAGE in [
        source, *source.parents]]  # fmt: skip
    assert {str(source.relative_to(PACKAGE)) for source, _ in ours} == {
        "__init__.py",
        "sandbox/__init__.py",
        "sandbox/protocol.py",
        "sandbox/child",
    }
    assert all(target.is_relative_to(CODE) for _, target in ours)


def test_nothing_above_this_project_is_seen_unless_the_project_is_hidden_in_it() -> None:
    command = outer_wall(PROGRAM)
    above = [source for source, _ in bound(command) if PACKAGE.is_relative_to(source)]
    hidden = ["--tmpfs", str(PACKAGE), "--remount-ro", str(PACKAGE)]
    assert not above or " ".join(hidden) in " ".join(command)


def test_a_project_installed_beside_its_packages_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(PACKAGE.parent))
    command = " ".join(outer_wall(PROGRAM))
    hidden = f"--tmpfs {PACKAGE} --remount-ro {PACKAGE}"
    assert hidden in command
    assert command.index(f"--ro-bind {PACKAGE.parent} ") < command.index(hidden)


def test_no_home_no_settings_and_no_temporary_files_are_bound() -> None:
    sources = {source for source, _ in bound(outer_wall(PROGRAM))}
    forbidden = {Path(name) for name in ("/", "/home", "/root", "/tmp", "/var", "/etc", "/run")}  # noqa: S108
    assert not sources & {*forbidden, Path.home()}
    assert {source for source in sources if source.is_relative_to("/etc")} == {
        Path("/etc/ld.so.cache")
    }


def test_there_is_no_proc_but_the_description_of_the_processor() -> None:
    command = outer_wall(PROGRAM)
    assert "--proc" not in command
    kernel = {
        str(source)
        for source, _ in bound(command)
        if source.is_relative_to("/proc") or source.is_relative_to("/sys")
    }
    assert kernel <= set(PROCESSOR)


def test_nothing_of_the_machine_can_be_written() -> None:
    command = outer_wall(PROGRAM)
    assert "--bind" not in command
    # What is mounted last covers what came before: the root turns read-only after everything else.
    last = max(place for place, word in enumerate(command) if word == "--remount-ro")
    assert command[last + 1] == "/"
    assert not [word for word in command[last:] if "bind" in word]
