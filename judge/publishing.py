"""Bring the course from its files to the database; for the command line and the site alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from judge.catalog import Chapter, ProblemFileError, all_problem_files, load_course, load_problem
from judge.domain.problem import Difficulty, Text
from judge.store import Store, loading
from judge.store.audit import Actor
from judge.store.loading import Changes, LoadedChapter, LoadedProblem

_ORDER = {each: place for place, each in enumerate(Difficulty)}


@dataclass(frozen=True, slots=True)
class CourseRead:
    """What the files say; ``broken``: by slug, what is wrong with those that do not hold."""

    chapters: tuple[LoadedChapter, ...]
    broken: dict[str, ProblemFileError]


def read_course(root: Path) -> CourseRead:
    """Read every problem below a folder; one that does not hold hides no other.

    Within a chapter they come as ``course.yaml`` says; of those it does not name, easy ones first.

    Raises:
        ProblemFileError: ``course.yaml`` itself does not hold.
        UsageError: there is none, or a file can't be read.
    """
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
    return CourseRead(chapters, broken)


def put_course(store: Store, course: CourseRead, *, actor: Actor | None = None) -> Changes:
    """Put what holds into the database; what does not keeps the version that it had.

    ``actor``: whose act it is, for the audit log; None where the program loads on its own.
    """
    with store.write() as session:
        return loading.load_course(
            session, course.chapters, keep=frozenset(course.broken), actor=actor
        )


def _place(chapter: Chapter, each: LoadedProblem) -> tuple[int, int, str]:
    name = each.problem.slug.rpartition("/")[2]
    last = len(chapter.problems)
    named = chapter.problems.index(name) if name in chapter.problems else last
    return named, _ORDER[each.problem.difficulty], name
