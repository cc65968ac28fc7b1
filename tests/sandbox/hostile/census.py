"""The hostile programs as their docstrings describe them, and the two lists that they cover."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from judge.domain.verdict import Verdict

PROGRAMS = Path(__file__).with_name("programs")
README = Path(__file__).with_name("README.md")
LENGTHS = {1: 133, 2: 80}
"""How many entries the two lists of attacks.md have."""

_FIELD = re.compile(r"(Tries|Attacks|Expects|Runs|Spells): (.+)")
_ROW = re.compile(r"^\| ([12])/(\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)

Entry = tuple[int, int]


@dataclass(frozen=True)
class Program:
    """One student file. ``entries`` are (list, number); ``spells`` says that it tries to tell the
    hidden inputs apart in what the student is shown."""

    path: Path
    says: str
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]
    expects: frozenset[Verdict]
    runs: int
    spells: bool

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")


def programs() -> list[Program]:
    """Return every program, by file name."""
    return [_program(path) for path in sorted(PROGRAMS.glob("*.py"))]


def _program(path: Path) -> Program:
    header: dict[str, str] = {}
    says = []
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    for line in docstring.splitlines():
        field = _FIELD.fullmatch(line)
        if field is not None:
            header[field[1]] = field[2]
        elif line:
            says.append(line)
    return Program(
        path=path,
        says=" ".join(says),
        entries=tuple(_entry(word) for word in header["Tries"].split(", ") if word != "own"),
        problems=tuple(header["Attacks"].split(", ")),
        expects=frozenset(Verdict(word) for word in header["Expects"].split(", ")),
        runs=int(header.get("Runs", "1")),
        spells="Spells" in header,
    )


def _entry(word: str) -> Entry:
    which, number = word.split("/")
    return int(which), int(number)


def table() -> str:
    """Return the README's table of programs."""
    rows = ["| program | tries | against | what it does | verdict |", "|---|---|---|---|---|"]
    for each in programs():
        tries = ", ".join(f"{which}/{number}" for which, number in each.entries) or "own"
        verdicts = " or ".join(sorted(each.expects))
        rows.append(
            f"| `{each.name}` | {tries} | {', '.join(each.problems)} | {each.says} | {verdicts} |"
        )
    return "\n".join(rows)


def elsewhere() -> dict[Entry, str]:
    """Return the entries that the README says no program tries, and why."""
    rows = _ROW.findall(README.read_text(encoding="utf-8"))
    return {(int(which), int(number)): reason for which, number, _, reason in rows}


if __name__ == "__main__":
    head, _, _ = README.read_text(encoding="utf-8").partition("\n| program |")
    README.write_text(f"{head}\n{table()}\n", encoding="utf-8")
