"""What the commands of the service share: the database, and the course put into it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from judge.catalog import Chapter, ProblemFileError, all_problem_files, load_course, load_problem
from judge.cli.folders import make_folder
from judge.domain.problem import Difficulty, Text
from judge.domain.verdict import Verdict
from judge.settings import Settings
from judge.store import Store, loading, schema
from judge.store.audit import Actor
from judge.store.loading import Changes, LoadedChapter, LoadedProblem

_ORDER = {each: place for place, each in enumerate(Difficulty)}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the course did; ``broken``: what is wrong with files that do not hold."""

    changes: Changes
    broken: tuple[str, ...]


def open_store(settings: Settings, *, current: bool = True) -> Store:
    """Open the database of the settings; it is closed when the command ends.

    Args:
        settings: the settings.
        current: insist on a schema of this program's version.

    Raises:
        SchemaError: it is of another version.
        DatabaseAway: it can't be reached.
        UsageError: the folder of its file can't be had.
    """
    if not settings.database_url:
        make_folder(settings.data_dir)
    store = Store(settings.database, pool_size=4)
    calling = click.get_current_context(silent=True)
    if calling is not None:
        calling.call_on_close(store.close)
    if current:
        schema.check_current(store)
    return store


def put_course(store: Store, root: Path, *, actor: Actor | None = None) -> Loaded:
    """Load every problem that holds; those that do not keep the version that they had.

    Within a chapter they come as ``course.yaml`` says; of those it does not name, easy ones first.

    ``actor``: whose act it is, for the audit log; None where the program loads on its own.

    Raises:
        ProblemFileError: ``course.yaml`` itself does not hold.
    """
    course = load_course(root)
    by_chapter: dict[str, list[LoadedProblem]] = defaultdict(list)
    broken: list[str] = []
    keep: set[str] = set()
    for path in all_problem_files(root):
        slug = f"{path.parent.name}/{path.stem}"
        try:
            problem = load_problem(path)
        except ProblemFileError as exc:
            broken.append(str(exc))
            keep.add(slug)
            continue
        by_chapter[path.parent.name].append(
            LoadedProblem(problem, path.read_text(encoding="utf-8"))
        )
    chapters = [
        LoadedChapter(
            chapter.slug,
            chapter.title,
            chapter.summary or Text("", ""),
            chapter.page or Text("", ""),
            sorted(by_chapter.get(chapter.slug, []), key=partial(_place, chapter)),
        )
        for chapter in course.chapters
    ]
    with store.write() as session:
        changes = loading.load_course(session, chapters, keep=frozenset(keep), actor=actor)
    return Loaded(changes, tuple(broken))


def _place(chapter: Chapter, each: LoadedProblem) -> tuple[int, int, str]:
    name = each.problem.slug.rpartition("/")[2]
    last = len(chapter.problems)
    named = chapter.problems.index(name) if name in chapter.problems else last
    return named, _ORDER[each.problem.difficulty], name


VERDICTS = tuple(each.value for each in Verdict)
