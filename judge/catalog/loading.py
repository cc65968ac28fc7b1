"""Load one problem's file: bytes to tree, tree to model, model to domain, every fault at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from judge.catalog.complaints import validated
from judge.catalog.composing import compose
from judge.catalog.consistency import inconsistencies
from judge.catalog.conversion import to_problem
from judge.catalog.diagnostics import Diagnostic, ProblemFileError
from judge.catalog.schema import ProblemFile
from judge.catalog.tree import Tree
from judge.domain.problem import Problem
from judge.errors import UsageError

LARGEST_FILE_BYTES = 1_000_000

CHAPTER = re.compile(r"[0-9]{2}-[a-z0-9-]+")
SLUG = re.compile(r"[a-z0-9-]+")


def load_problem(path: Path) -> Problem:
    """Read and check one problem.

    Raises:
        ProblemFileError: The file is not a valid problem; it carries every fault found.
        UsageError: There is no such file, or it cannot be read.
    """
    return parse_problem(read_bytes(path), path=path)


def parse_problem(data: bytes, *, path: Path) -> Problem:
    """Check a problem whose text is at hand already; ``path`` gives it its name and its chapter.

    Raises:
        ProblemFileError: The text is not a valid problem; it carries every fault found.
    """
    misnamed = list(_misnamed(path))
    try:
        tree = read_tree(data, path=path)
    except ProblemFileError as exc:
        raise ProblemFileError([*misnamed, *exc.diagnostics]) from exc
    file, complaints = validated(tree, ProblemFile)
    faults = [*misnamed, *tree.faults, *complaints, *inconsistencies(tree)]
    if faults or file is None:
        raise ProblemFileError(faults)
    return to_problem(file, slug=slug_of(path))


def slug_of(path: Path) -> str:
    """Return ``chapter/name`` of a problem's file."""
    whole = path.absolute()
    return f"{whole.parent.name}/{whole.stem}"


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, at most one more than are allowed.

    Raises:
        UsageError: There is no such file, or it cannot be read.
    """
    try:
        # Not a pipe or a device, which could keep us waiting for ever.
        if not path.is_file():
            raise UsageError(f"{path}: {_what_else(path)}")
        with path.open("rb") as file:
            return file.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc)
        raise UsageError(f"{str(path)!r} cannot be read: {reason}") from exc


def read_tree(data: bytes, *, path: Path) -> Tree:
    """Read a file's bytes as one mapping; lesser faults are collected in the tree.

    Raises:
        ProblemFileError: It is too large, not UTF-8, not YAML, or not a mapping.
    """
    if len(data) > LARGEST_FILE_BYTES:
        problem = f"the file is larger than {LARGEST_FILE_BYTES // 1_000_000} MB"
        raise ProblemFileError([Diagnostic(path, 1, 1, problem)])
    tree = compose(_decoded(data, path), path=path)
    if not isinstance(tree.root, dict) and () not in tree.broken:
        problem = "the file must be a mapping that begins with `format: 1`"
        raise ProblemFileError([*tree.faults, tree.diagnose(tree.at(()), problem)])
    return tree


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        before = exc.object[: exc.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        problem = f"the byte 0x{exc.object[exc.start]:02x} is not UTF-8: save the file as UTF-8"
        raise ProblemFileError([Diagnostic(path, line, column, problem)]) from exc


def _misnamed(path: Path) -> Iterator[Diagnostic]:
    whole = path.absolute()
    name, chapter = whole.name, whole.parent.name
    if whole.suffix != ".yaml" or not SLUG.fullmatch(whole.stem):
        problem = f"the file's name {name!r} must be small letters, digits and hyphens, then .yaml"
        yield Diagnostic(path, 1, 1, problem, f"{_slugged(whole.stem)}.yaml")
    if not CHAPTER.fullmatch(chapter):
        problem = f"the file's folder {chapter!r} must be a chapter, two digits and a name"
        yield Diagnostic(path, 1, 1, problem, f"01-{_slugged(chapter)}")


def _slugged(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "name"


def _what_else(path: Path) -> str:
    if path.is_dir():
        return "this is a folder; name a problem's file in it"
    return "this is not a file" if path.exists() else "there is no such file"
