"""The course: its chapters in order, from ``course.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from judge.catalog.complaints import validated
from judge.catalog.conversion import to_text
from judge.catalog.diagnostics import Diagnostic, ProblemFileError
from judge.catalog.fields import FormatOne, fault
from judge.catalog.loading import CHAPTER, read_bytes, read_tree
from judge.catalog.schema import BothLanguages, Strict
from judge.catalog.tree import Tree
from judge.domain.problem import Text
from judge.errors import UsageError

COURSE_FILE = "course.yaml"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter; ``slug`` is its folder's name, ``01-tensors``.

    ``page`` is its introduction, Markdown; ``problems`` the order of its problems, by their files'
    names; ``exercises`` what their solutions have to use between them.
    """

    slug: str
    title: Text
    summary: Text | None = None
    page: Text | None = None
    problems: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """The chapters, in the order in which they are taught."""

    chapters: tuple[Chapter, ...]
    title: Text | None = None


def load_course(root: Path) -> Course:
    """Read ``course.yaml`` in ``root``, the folder that holds the chapters' folders.

    Raises:
        ProblemFileError: The file is not valid; it carries every fault found.
        UsageError: There is no such file, or it cannot be read.
    """
    path = root / COURSE_FILE
    tree = read_tree(read_bytes(path), path=path)
    file, complaints = validated(tree, CourseFile)
    faults = [*tree.faults, *complaints, *_repeated(tree), *_absent(tree, root)]
    if faults or file is None:
        raise ProblemFileError(faults)
    chapters = (
        Chapter(
            each.slug,
            to_text(each.title),
            to_text(each.summary) if each.summary else None,
            _page(root / each.slug),
            tuple(each.problems),
            tuple(each.exercises),
        )
        for each in file.chapters
    )
    return Course(tuple(chapters), to_text(file.title) if file.title else None)


def _check_slug(text: str) -> str:
    if not CHAPTER.fullmatch(text):
        raise fault(
            f"must be two digits, a hyphen, then small letters, digits and hyphens,"
            f" such as 01-tensors, not {text[:40]!r}"
        )
    return text


class ChapterEntry(Strict):
    """One chapter of the course."""

    slug: Annotated[str, AfterValidator(_check_slug)] = Field(
        description="The name of the chapter's folder: `01-tensors`."
    )
    title: BothLanguages = Field(description="The chapter's title.")
    summary: BothLanguages | None = Field(
        default=None, description="What the chapter is about, in a sentence or two."
    )
    problems: list[str] = Field(
        default=[], description="Its problems in their order; what is not named comes after."
    )
    exercises: list[str] = Field(
        default=[], description="Names, `torch.cat`, that its solutions have to use between them."
    )


class CourseFile(Strict):
    """A TensorJudge course: `problems/course.yaml`."""

    model_config = ConfigDict(title="TensorJudge course")

    format: FormatOne = Field(description="The version of this format: 1.")
    title: BothLanguages | None = Field(default=None, description="The course's title.")
    chapters: list[ChapterEntry] = Field(
        min_length=1, description="The chapters, in the order in which they are taught."
    )


def _page(folder: Path) -> Text | None:
    """Read a chapter's introduction, ``chapter.zh.md`` and ``chapter.en.md``."""
    both = [folder / f"chapter.{language}.md" for language in ("zh", "en")]
    there = [path for path in both if path.is_file()]
    if not there:
        return None
    if len(there) == 1:
        missing = next(path for path in both if path not in there)
        raise UsageError(f"{missing} is missing: a chapter's page is in both languages or none")
    zh, en = (read_bytes(path).decode("utf-8") for path in both)
    return Text(zh, en)


def _absent(tree: Tree, root: Path) -> Iterator[Diagnostic]:
    """Complain of problems that are named and have no file."""
    chapters = tree.root.get("chapters") if isinstance(tree.root, dict) else None
    for index, chapter in enumerate(chapters if isinstance(chapters, list) else ()):
        if not isinstance(chapter, dict):
            continue
        named = chapter.get("problems")
        for place, name in enumerate(named if isinstance(named, list) else ()):
            if not (root / str(chapter.get("slug")) / f"{name}.yaml").is_file():
                spot = tree.at(("chapters", index, "problems", place))
                yield tree.diagnose(spot, f"there is no problem {str(name)[:60]!r} in this chapter")


def _repeated(tree: Tree) -> Iterator[Diagnostic]:
    chapters = tree.root.get("chapters") if isinstance(tree.root, dict) else None
    seen: dict[str, int] = {}
    for index, chapter in enumerate(chapters if isinstance(chapters, list) else ()):
        slug = chapter.get("slug") if isinstance(chapter, dict) else None
        if not isinstance(slug, str):
            continue
        spot = tree.at(("chapters", index, "slug"))
        if slug in seen:
            yield tree.diagnose(spot, f"the chapter {slug!r} is on line {seen[slug]} already")
        seen.setdefault(slug, spot.line)
