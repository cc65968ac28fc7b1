"""The files themselves: their length, their first line, what they may not name or promise."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

LONGEST = 300
ATTACKS = "tests/sandbox/hostile/programs/"
"""Students' files, some of them no Python at all: the rules for ours do not hold there."""

# In two parts, so that this file names no host itself.
REGISTRIES = re.compile(
    r"\b(?:pypi|pypa|pythonhosted|anaconda|npmjs|yarnpkg|docker|quay|ghcr)\.(?:org|com|io)\b"
    r"|\bdownload(?:-r2)?\.pytorch\.org\b"
    r"|\bdeb\.debian\.org\b|\barchive\.ubuntu\.com\b"
    r"|\bpypi\.[\w.-]+\.(?:cn|com|edu)\b|\bmirrors?\.[\w.-]+\.(?:cn|com|edu|org)\b"
)
HOMES = re.compile(r"/(?:home|Users)/[\w.-]+/")
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)
NAMED_TARGET = re.compile(r"`make ([a-z]+)[^`]*`|^\s*(?:\$ )?make ([a-z]+)\b", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.fixture(scope="module")
def texts(root: Path, kept_files: list[Path]) -> dict[str, str]:
    """Every kept text file but the attacks: its content by its name from the root."""
    data = {str(path.relative_to(root)): path.read_bytes() for path in kept_files}
    ours = {name: each for name, each in data.items() if not name.startswith(ATTACKS)}
    return {name: each.decode() for name, each in ours.items() if b"\0" not in each}


def ending(suffix: str, texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name.endswith(suffix)}


def targets(texts: dict[str, str]) -> set[str]:
    return set(TARGET.findall(texts["Makefile"]))


def test_no_python_file_is_longer_than_one_can_hold_in_mind(texts: dict[str, str]) -> None:
    lengths = {name: len(text.splitlines()) for name, text in ending(".py", texts).items()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_module_says_its_one_job_in_its_first_line(texts: dict[str, str]) -> None:
    silent = []
    for name, text in ending(".py", texts).items():
        docstring = ast.get_docstring(ast.parse(text), clean=False) or ""
        if not docstring.partition("\n")[0].strip():
            silent.append(name)
    assert silent == []


@pytest.mark.parametrize("pattern", [REGISTRIES, HOMES], ids=["registry", "home folder"])
def test_no_file_names_a_host_or_a_folder_that_others_lack(
    pattern: re.Pattern[str], texts: dict[str, str]
) -> None:
    named = {name: each.group() for name, text in texts.items() if (each := pattern.search(text))}
    assert named == {}


def test_no_file_names_the_folder_of_this_checkout(root: Path, texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if str(root) in text] == []


def test_the_readme_names_the_commands_that_people_come_for(texts: dict[str, str]) -> None:
    come_for = {"setup", "test", "check", "bench"}
    assert come_for <= targets(texts)
    assert {name for name in come_for if f"make {name}" not in texts["README.md"]} == set()


def test_every_make_command_in_the_texts_exists(texts: dict[str, str]) -> None:
    unknown = {
        (name, target)
        for name, text in ending(".md", texts).items()
        for pair in NAMED_TARGET.findall(text)
        for target in pair
        if target and target not in targets(texts)
    }
    assert unknown == set()


def test_every_link_in_the_texts_leads_to_a_kept_file(
    root: Path, texts: dict[str, str], kept_files: list[Path]
) -> None:
    there = set(kept_files)
    there |= {folder for path in there for folder in path.parents}
    broken = [
        (name, link)
        for name, text in ending(".md", texts).items()
        for link in LINK.findall(text)
        if ((root / name).parent / link).resolve() not in there
    ]
    assert broken == []
