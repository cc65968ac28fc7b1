"""The course's file: as strict as a problem's."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge.catalog import Chapter, Course, ProblemFileError, load_course
from judge.domain.problem import Text
from judge.errors import UsageError

SLUG = "two digits, a hyphen, then small letters, digits and hyphens"

COURSE = """\
format: 1
title: {zh: 课程, en: Course}
chapters:
  - slug: 02-autograd
    title: {zh: 自动微分, en: Autograd}
  - slug: 01-tensors
    title: {zh: 张量, en: Tensors}
    summary: {zh: 形状, en: Shapes}
"""


def faults(root: Path, text: str) -> list[str]:
    path = root / "course.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemFileError) as caught:
        load_course(root)
    return [str(one).removeprefix(f"{path}:") for one in caught.value.diagnostics]


def test_chapters_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(COURSE, encoding="utf-8")
    assert load_course(tmp_path) == Course(
        title=Text("课程", "Course"),
        chapters=(
            Chapter("02-autograd", Text("自动微分", "Autograd")),
            Chapter("01-tensors", Text("张量", "Tensors"), Text("形状", "Shapes")),
        ),
    )


def test_the_courses_own_title_may_be_left_out(tmp_path: Path) -> None:
    text = COURSE.replace("title: {zh: 课程, en: Course}\n", "")
    (tmp_path / "course.yaml").write_text(text, encoding="utf-8")
    assert load_course(tmp_path).title is None


def test_all_faults_of_a_course_come_at_once(tmp_path: Path) -> None:
    text = (
        COURSE.replace("format: 1", "format: 3")
        .replace("en: Autograd", "eng: Autograd")
        .replace("summary", "sumary")
        .replace("01-tensors", "Tensors")
    )
    assert faults(tmp_path, text) == [
        "1:9: `format` must be 1, the only format so far, but is the number 3",
        "5:12: `title` has no English text: add `en:`",
        "5:23: unknown key `eng` (did you mean `en`?)",
        f"6:11: `slug` must be {SLUG}, such as 01-tensors, not 'Tensors'",
        "8:5: unknown key `sumary` (did you mean `summary`?)",
    ]


def test_a_chapter_stands_in_the_course_once(tmp_path: Path) -> None:
    found = faults(tmp_path, COURSE.replace("01-tensors", "02-autograd"))
    assert found == ["6:11: the chapter '02-autograd' is on line 4 already"]


def test_a_course_has_a_chapter(tmp_path: Path) -> None:
    assert faults(tmp_path, "format: 1\nchapters: []\n") == [
        "2:11: `chapters` must have at least one item"
    ]


def test_a_missing_course_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        load_course(tmp_path)


PAGED = COURSE + "    problems: [first, second]\n    exercises: [torch.cat]\n"


def test_a_chapter_has_an_order_a_page_and_what_it_owes(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(PAGED, encoding="utf-8")
    folder = tmp_path / "01-tensors"
    folder.mkdir()
    for name in ("first.yaml", "second.yaml", "chapter.zh.md", "chapter.en.md"):
        (folder / name).write_text(name, encoding="utf-8")
    chapter = load_course(tmp_path).chapters[1]
    assert chapter.problems == ("first", "second")
    assert chapter.exercises == ("torch.cat",)
    assert chapter.page == Text("chapter.zh.md", "chapter.en.md")


def test_a_problem_that_is_named_has_a_file(tmp_path: Path) -> None:
    (tmp_path / "01-tensors").mkdir()
    (tmp_path / "01-tensors" / "first.yaml").write_text("", encoding="utf-8")
    (fault,) = faults(tmp_path, PAGED)
    assert fault.startswith("9:23: there is no problem 'second' in this chapter")


def test_a_page_is_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(COURSE, encoding="utf-8")
    (tmp_path / "01-tensors").mkdir()
    (tmp_path / "01-tensors" / "chapter.zh.md").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"chapter\.en\.md is missing"):
        load_course(tmp_path)
