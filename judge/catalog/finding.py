"""Find problems' files below the folder that holds ``course.yaml`` and the chapters' folders."""

from __future__ import annotations

import difflib
from pathlib import Path

from judge.catalog.loading import slug_of
from judge.errors import UsageError

# `.yml` too, so that a file with the wrong name is complained about and not passed over.
_SUFFIXES = frozenset({".yaml", ".yml"})


def all_problem_files(root: Path) -> tuple[Path, ...]:
    """Return every problem's file, chapter by chapter, in the order of their names.

    Raises:
        UsageError: ``root`` is no folder, or cannot be read.
    """
    chapters = [each for each in _inside(root) if each.is_dir()]
    return tuple(path for chapter in chapters for path in _files(chapter))


def problems_of(root: Path, chapter: str) -> tuple[Path, ...]:
    """Return the files of one chapter, named by its slug; none where it has no folder yet.

    Raises:
        UsageError: ``root`` is no folder, or cannot be read.
    """
    return tuple(path for path in all_problem_files(root) if path.parent.name == chapter)


def find_problem(root: Path, name: str) -> Path:
    """Return the file of a problem that is named by a path or as ``chapter/slug``.

    Raises:
        UsageError: There is none; the message names the nearest ones.
    """
    given = Path(name)
    if given.suffix.lower() in _SUFFIXES and _is_file(given):
        return given
    known = {slug_of(path): path for path in all_problem_files(root)}
    found = known.get(name) or known.get(name.removesuffix(given.suffix))
    if found is not None:
        return found
    near = _nearest(name.removesuffix(given.suffix), known)
    meant = f" (did you mean {' or '.join(near)}?)" if near else ""
    raise UsageError(f"there is no problem {name[:200]!r} in {root}{meant}")


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except (OSError, ValueError) as exc:
        raise UsageError(f"{folder} is not a folder of problems: {exc}") from exc


def _files(chapter: Path) -> list[Path]:
    return [each for each in _inside(chapter) if each.suffix.lower() in _SUFFIXES]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _nearest(name: str, known: dict[str, Path]) -> list[str]:
    if len(name) > max(map(len, known), default=0) * 2:
        return []
    # People forget or mistake the chapter more often than the problem's own name.
    tails = {slug.partition("/")[2]: slug for slug in reversed(known)}
    tail = name.rpartition("/")[2]
    by_tail = [tails[each] for each in difflib.get_close_matches(tail, tails, n=2)]
    whole = difflib.get_close_matches(name, known, n=2)
    return list(dict.fromkeys([*whole, *by_tail]))[:3]
