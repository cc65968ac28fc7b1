"""Problems found by path and by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge.catalog import all_problem_files, find_problem, problems_of
from judge.errors import UsageError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two chapters with three problems, and things that are none."""
    for name in [
        "02-autograd/chain-rule.yaml",
        "01-tensors/batched-scores.yaml",
        "01-tensors/arange.yaml",
        "01-tensors/notes.txt",
        "01-tensors/.hidden.yaml",
        ".git/config.yaml",
        "course.yaml",
    ]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("format: 1\n")
    return tmp_path


def test_all_files_come_chapter_by_chapter(root: Path) -> None:
    names = [path.relative_to(root).as_posix() for path in all_problem_files(root)]
    assert names == [
        "01-tensors/arange.yaml",
        "01-tensors/batched-scores.yaml",
        "02-autograd/chain-rule.yaml",
    ]


def test_a_file_with_a_wrong_suffix_is_not_passed_over(root: Path) -> None:
    (root / "02-autograd" / "extra.yml").write_text("")
    assert all_problem_files(root)[-1].name == "extra.yml"


def test_one_chapters_files_are_found_by_its_slug(root: Path) -> None:
    assert [path.name for path in problems_of(root, "02-autograd")] == ["chain-rule.yaml"]
    assert problems_of(root, "09-later") == ()


def test_a_problem_is_found_by_its_slug(root: Path) -> None:
    wanted = root / "01-tensors" / "arange.yaml"
    assert find_problem(root, "01-tensors/arange") == wanted
    assert find_problem(root, "01-tensors/arange.yaml") == wanted


def test_a_problem_is_found_by_its_path(root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "draft.yaml"
    elsewhere.write_text("")
    assert find_problem(root, str(elsewhere)) == elsewhere


@pytest.mark.parametrize(
    "name",
    [
        "01-tensors/arrange",
        "01-tensor/arange",
        "arange",
        "02-autograd/arange",
        "01-tensors/arang.yaml",
    ],
)
def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(root: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"did you mean .*01-tensors/arange"):
        find_problem(root, name)


@pytest.mark.parametrize("name", ["zzz", "", "/", "..", "../course.yaml", "a\0b.yaml", "x" * 9000])
def test_a_name_like_no_other_is_refused(root: Path, name: str) -> None:
    with pytest.raises(UsageError, match="there is no problem"):
        find_problem(root / "01-tensors" / "..", name)


def test_a_root_that_is_no_folder_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder of problems"):
        all_problem_files(tmp_path / "nowhere")
