"""Bring the course from its files to the database; for the command line and the site alike."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from judge.catalog import (
    COURSE_FILE,
    Chapter,
    ProblemFileError,
    all_problem_files,
    load_course,
    load_problem,
    read_bytes,
)
from judge.domain.problem import Difficulty, Text
from judge.store import Store, loading
from judge.store.audit import Actor
from judge.store.loading import Changes, LoadedChapter, LoadedProblem

_READ = frozenset({".yaml", ".yml", ".md"})
_PROGRAM = Path(__file__).parent
_ORDER = {each: place for place, each in enumerate(Difficulty)}


@dataclass(frozen=True, slots=True)
class CourseRead:
    """What the files say; ``broken``: by slug, what is wrong with those that do not hold.

    ``fingerprint`` is theirs and the program's that read them.
    """

    chapters: tuple[LoadedChapter, ...]
    broken: dict[str, ProblemFileError]
    fingerprint: str


def read_course(root: Path) -> CourseRead:
    """Read every problem below a folder; one that does not hold hides no other.

    Within a chapter they come as ``course.yaml`` says; of those it does not name, easy ones first.

    Raises:
        ProblemFileError: ``course.yaml`` itself does not hold.
        UsageError: there is none, or a file can't be read.
    """
    # First: what changes while it is read is read again the next time.
    fingerprint = _fingerprint(root)
    course = load_course(root)
    by_chapter: dict[str, list[LoadedProblem]] = defaultdict(list)
    broken: dict[str, ProblemFileError] = {}
    for path in all_problem_files(root):
        chapter = path.parent.name
        try:
            problem = load_problem(path)
        except ProblemFileError as exc:
            broken[f"{chapter}/{path.stem}"] = exc
        else:
            by_chapter[chapter].append(LoadedProblem(problem, path.read_text(encoding="utf-8")))
    chapters = tuple(
        LoadedChapter(
            chapter.slug,
            chapter.title,
            chapter.summary or Text("", ""),
            chapter.page or Text("", ""),
            sorted(by_chapter.get(chapter.slug, []), key=partial(_place, chapter)),
        )
        for chapter in course.chapters
    )
    return CourseRead(chapters, broken, fingerprint)


def put_course(store: Store, course: CourseRead, *, actor: Actor | None = None) -> Changes:
    """Put what holds into the database; what does not keeps the version that it had.

    ``actor``: whose act it is, for the audit log; None where the program loads on its own.
    """
    with store.write() as session:
        return loading.load_course(
            session,
            course.chapters,
            keep=frozenset(course.broken),
            # Files that do not hold are complained about at every start.
            files=None if course.broken else course.fingerprint,
            actor=actor,
        )


def unchanged(store: Store, root: Path) -> Changes | None:
    """Tell whether the database has the course from just these files, read by this very program.

    Returns:
        Changes that are none; None where the course has to be read.

    Raises:
        UsageError: a file can't be read.
    """
    with store.read() as session:
        if loading.files_of(session) != _fingerprint(root):
            return None
        return Changes(same=loading.in_use(session))


def _fingerprint(root: Path) -> str:
    """Hash the files of a course, and the program: a mended one may read them otherwise."""
    found = hashlib.sha256()
    files = (each for each in root.glob("*/*") if each.suffix.lower() in _READ)
    for path in (root / COURSE_FILE, *sorted(files), *sorted(_PROGRAM.rglob("*.py"))):
        content = read_bytes(path) if path.is_file() else b""
        found.update(f"{path}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def _place(chapter: Chapter, each: LoadedProblem) -> tuple[int, int, str]:
    name = each.problem.slug.rpartition("/")[2]
    last = len(chapter.problems)
    named = chapter.problems.index(name) if name in chapter.problems else last
    return named, _ORDER[each.problem.difficulty], name
