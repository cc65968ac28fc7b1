"""Put the course into the database: what changed gets a new version, what is gone is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from judge.domain.administration import Act
from judge.domain.problem import Problem as Meaning
from judge.domain.problem import Text
from judge.domain.releases import TORCH
from judge.domain.verdict import Device
from judge.store import audit, options
from judge.store.audit import Actor
from judge.store.course import Chapter, Problem, Version

_FILES = "course_files"
_MOST_NAMED = 100
"""So many slugs of each kind an entry of the audit log names at most."""


@dataclass(frozen=True, slots=True)
class LoadedProblem:
    """A problem that holds, and the text of its file."""

    problem: Meaning
    source: str


@dataclass(frozen=True, slots=True)
class LoadedChapter:
    """A chapter and its problems, in their order."""

    slug: str
    title: Text
    summary: Text
    page: Text
    problems: Sequence[LoadedProblem]


@dataclass(slots=True)
class Changes:
    """What loading did, as slugs."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def load_course(
    session: Session,
    chapters: Sequence[LoadedChapter],
    *,
    keep: frozenset[str] = frozenset(),
    files: str | None = None,
    torch: str = TORCH,
    actor: Actor | None = None,
) -> Changes:
    """Bring the database to what the files say.

    Args:
        session: the session; the caller commits.
        chapters: the course, in order.
        keep: problems whose files do not hold at the moment; their last version stays in force.
        files: the fingerprint of the files that it is from, to know them again; None never to.
        torch: the release that they were checked with.
        actor: whose act it is, for the audit log; None where the program loads on its own.
    """
    loading = _Loading(session, torch)
    known = {row.slug: row for row in session.scalars(select(Chapter))}
    for position, chapter in enumerate(chapters):
        row = known.pop(chapter.slug, None) or Chapter(slug=chapter.slug)
        row.position = position
        row.title_zh, row.title_en = chapter.title.zh, chapter.title.en
        row.summary_zh, row.summary_en = chapter.summary.zh, chapter.summary.en
        row.page_zh, row.page_en = chapter.page.zh, chapter.page.en
        row.withdrawn = False
        session.add(row)
        session.flush()
        for place, each in enumerate(chapter.problems):
            loading.put(each, chapter=row, position=place)
    loading.withdraw_others(keep)
    for unused in known.values():
        unused.withdrawn = True
    options.put(session, _FILES, files)
    if actor is not None:
        _note(session, actor, loading.changes, torch)
    return loading.changes


def files_of(session: Session) -> str | None:
    """Return the fingerprint of the files that the course is from; None where nobody knows."""
    return options.value(session, _FILES)


def in_use(session: Session) -> list[str]:
    """Return the slugs of all problems that are in use."""
    return list(session.scalars(select(Problem.slug).where(Problem.withdrawn.is_(False))))


def _note(session: Session, actor: Actor, changes: Changes, torch: str) -> None:
    audit.note(
        session,
        actor,
        Act.COURSE_LOADED,
        "course",
        added=changes.added[:_MOST_NAMED],
        changed=changes.changed[:_MOST_NAMED],
        withdrawn=changes.withdrawn[:_MOST_NAMED],
        same=len(changes.same),
        torch=torch,
    )


class _Loading:
    """What one loading knows of the database, and what it has done."""

    def __init__(self, session: Session, torch: str) -> None:
        self.session = session
        self.torch = torch
        self.changes = Changes()
        self.left = {row.slug: row for row in session.scalars(select(Problem))}
        self.versions = {
            (row.problem_id, row.digest): row for row in session.scalars(select(Version))
        }

    def put(self, loaded: LoadedProblem, *, chapter: Chapter, position: int) -> None:
        """Bring one problem to what its file says."""
        problem = loaded.problem
        old = self.left.pop(problem.slug, None)
        row = old or Problem(slug=problem.slug)
        before = (row.version_id, row.withdrawn)
        row.chapter_id, row.position = chapter.id, position
        row.title_zh, row.title_en = problem.title.zh, problem.title.en
        row.difficulty = problem.difficulty.value
        row.points = sum(case.points for case in problem.cases)
        row.uses_cuda = any(case.device is Device.CUDA for case in problem.cases)
        row.withdrawn = False
        self.session.add(row)
        self.session.flush()
        row.version_id, texts_changed = self._version(row, loaded)
        if old is None:
            self.changes.added.append(problem.slug)
        elif before != (row.version_id, row.withdrawn) or texts_changed:
            self.changes.changed.append(problem.slug)
        else:
            self.changes.same.append(problem.slug)

    def _version(self, row: Problem, loaded: LoadedProblem) -> tuple[int, bool]:
        """Return the version's id, and whether texts that judging does not use were mended."""
        known = self.versions.get((row.id, loaded.problem.version))
        if known is not None:
            changed = known.source != loaded.source
            known.source = loaded.source
            known.torch = self.torch
            return known.id, changed
        version = Version(
            problem_id=row.id,
            digest=loaded.problem.version,
            source=loaded.source,
            torch=self.torch,
        )
        self.session.add(version)
        self.session.flush()
        return version.id, False

    def withdraw_others(self, keep: frozenset[str]) -> None:
        """Take back problems that have no file any more."""
        for slug, gone in self.left.items():
            if slug not in keep and not gone.withdrawn:
                gone.withdrawn = True
                self.changes.withdrawn.append(slug)
