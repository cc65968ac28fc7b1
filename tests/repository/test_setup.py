"""The set-up says in a clear word what a machine lacks, and does nothing twice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

NEEDED = ("cat", "chmod", "cp", "dirname", "env", "grep", "mkdir", "rm", "sha256sum", "sh", "touch")

PYTHON = """
case "$*" in
  *version_info*) echo 3.12 ;;
  "-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  "-m pip"*) echo "$*" >>pip.log ;;
esac
"""

# Like a machine without package lists: nothing is to be had before `update`.
APT_GET = """
case "$*" in
  *update*) touch lists ;;
  *install*bubblewrap*) [ -f lists ] && cp "${0%/*}/sh" "${0%/*}/bwrap" ;;
esac
"""


class Machine:
    """The set-up's files on a machine whose programs are those that a test puts there."""

    def __init__(self, root: Path, place: Path) -> None:
        self.tree, self.programs = place / "tree", place / "bin"
        self.programs.mkdir()
        (self.tree / ".ci").mkdir(parents=True)
        for name in (".ci/setup", "pyproject.toml", "requirements.lock.txt"):
            shutil.copy(root / name, self.tree / name)
        for name in NEEDED:
            found = shutil.which(name)
            assert found, name
            (self.programs / name).symlink_to(found)
        self.add("id", "echo 1000")
        self.add("uname", "echo Linux")
        self.add("python3", PYTHON)

    def add(self, name: str, script: str = "exit 1") -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def set_up(self, **settings: str) -> tuple[int, str]:
        done = subprocess.run(
            ["sh", ".ci/setup"],
            cwd=self.tree,
            env={"PATH": str(self.programs), **settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    @property
    def pip_calls(self) -> list[str]:
        log = self.tree / "pip.log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def bare(root: Path, tmp_path: Path) -> Machine:
    """Python is there, bubblewrap is not, and we may install nothing."""
    return Machine(root, tmp_path)


@pytest.fixture
def ready(bare: Machine) -> Machine:
    bare.add("bwrap")
    return bare


def test_an_old_python_is_named_with_the_remedy(ready: Machine) -> None:
    ready.add("python3", "echo 3.9")
    code, said = ready.set_up()
    assert code == 1
    assert "Python 3.11 to 3.14 is needed; python3 is 3.9." in said
    assert "make setup PYTHON=" in said


def test_a_python_that_was_asked_for_in_vain_is_not_replaced_by_another(ready: Machine) -> None:
    code, said = ready.set_up(PYTHON="python3.13")
    assert (code, "python3.13 does not run" in said) == (1, True), said


def test_a_machine_without_python_is_told_what_to_install(ready: Machine) -> None:
    (ready.programs / "python3").unlink()
    ready.add("apt-get")
    code, said = ready.set_up()
    assert (code, "apt-get install python3 python3-venv" in said) == (1, True), said


def test_the_venv_module_that_debian_keeps_apart_is_named(ready: Machine) -> None:
    ready.add("python3", 'case "$*" in *ensurepip*) exit 1 ;; esac' + PYTHON)
    ready.add("apt-get")
    code, said = ready.set_up()
    assert (code, "apt-get install python3.12-venv" in said) == (1, True), said


def test_another_system_than_linux_is_refused(ready: Machine) -> None:
    ready.add("uname", "echo Darwin")
    code, said = ready.set_up()
    assert (code, "this is Darwin" in said) == (1, True), said


@pytest.mark.parametrize(
    ("manager", "remedy"),
    [
        ("apt-get", "sudo apt-get install bubblewrap"),
        ("dnf", "sudo dnf install bubblewrap libseccomp"),
        ("zypper", "sudo zypper install bubblewrap libseccomp2"),
        ("pacman", "sudo pacman -S bubblewrap libseccomp"),
        ("unknown", "package manager: bubblewrap, libseccomp"),
    ],
)
def test_who_may_not_install_is_told_what_to(manager: str, remedy: str, bare: Machine) -> None:
    bare.add(manager)
    code, said = bare.set_up()
    assert (code, remedy in said) == (1, True), said
    assert bare.pip_calls == []


@pytest.mark.parametrize("way", ["root", "sudo"])
def test_who_may_install_gets_bubblewrap_and_goes_on(way: str, bare: Machine) -> None:
    bare.add("apt-get", APT_GET)
    if way == "root":
        bare.add("id", "echo 0")
    else:
        bare.add("sudo", '[ "$1" = -n ] && shift; [ "$1" = true ] || exec "$@"')
    code, said = bare.set_up()
    assert (code, "setup: done" in said) == (0, True), said
    assert (bare.programs / "bwrap").exists()


def test_the_second_set_up_does_nothing(ready: Machine) -> None:
    assert ready.set_up()[0] == 0
    calls = ready.pip_calls
    assert len(calls) == 3
    code, said = ready.set_up()
    assert (code, said, ready.pip_calls) == (0, "setup: nothing to do\n", calls)


def test_another_lock_file_is_installed(ready: Machine) -> None:
    ready.set_up()
    with (ready.tree / "requirements.lock.txt").open("a") as lock:
        lock.write("six==1.17.0\n")
    ready.set_up()
    assert len(ready.pip_calls) == 6


def test_a_failed_installation_says_so_and_is_tried_again(ready: Machine) -> None:
    ready.add("python3", 'case "$*" in *editable*) [ -f network ] || exit 1 ;; esac' + PYTHON)
    code, said = ready.set_up()
    assert (code, "pip could not install everything" in said) == (1, True), said
    (ready.tree / "network").touch()
    assert (ready.set_up()[0], ready.set_up()[1]) == (0, "setup: nothing to do\n")


def test_arguments_for_torch_reach_only_torch(ready: Machine) -> None:
    ready.set_up(TORCH_INDEX="--index-url somewhere")
    with_index = [call for call in ready.pip_calls if "--index-url somewhere" in call]
    assert len(with_index) == 1
    assert with_index[0].endswith("torch==2.13.0")
