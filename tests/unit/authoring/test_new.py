"""Where a new problem is written, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge.authoring import new_problem
from judge.catalog import load_problem
from judge.errors import UsageError


def test_a_new_problem_loads_under_its_own_name(tmp_path: Path) -> None:
    path = new_problem(tmp_path, "04-broadcasting/add-columns")
    assert path == tmp_path / "04-broadcasting" / "add-columns.yaml"
    problem = load_problem(path)
    assert problem.slug == "04-broadcasting/add-columns"
    assert problem.signature.name == "add_columns"
    assert len(problem.mistakes) == 3
    assert "my_function" not in path.read_text()


@pytest.mark.parametrize("name", ["2d-sum", "lambda", "torch"])
def test_a_name_that_is_no_function_makes_a_function_called_answer(
    tmp_path: Path, name: str
) -> None:
    assert load_problem(new_problem(tmp_path, f"01-a/{name}")).signature.name == "answer"


def test_a_file_that_exists_is_kept(tmp_path: Path) -> None:
    path = new_problem(tmp_path, "01-a/b")
    path.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        new_problem(tmp_path, "01-a/b")
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("slug", "meant"),
    [
        ("01-a/Add Columns", "01-a/add-columns"),
        ("01-a/../../etc", "01-a/etc"),
        ("01-a", "01-a/my-problem"),
        ("", "01-tensors/my-problem"),
        ("broadcasting/add", "04-broadcasting"),
        ("9-x/add", "04-broadcasting"),
        ("../add", "04-broadcasting"),
    ],
)
def test_a_slug_that_is_none_is_refused_with_one_that_is(
    tmp_path: Path, slug: str, meant: str
) -> None:
    (tmp_path / "04-broadcasting").mkdir()
    with pytest.raises(UsageError, match=meant):
        new_problem(tmp_path, slug)
    assert [each.name for each in tmp_path.rglob("*")] == ["04-broadcasting"]


def test_a_place_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "01-a").write_text("a file, not a folder")
    with pytest.raises(UsageError, match="cannot be written"):
        new_problem(tmp_path, "01-a/b")
