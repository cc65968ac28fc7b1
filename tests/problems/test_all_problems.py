"""Every problem of the course holds: its reference, its mistakes, and its cases against mutants.

On two draws, the quick form; `make check` has 20.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from judge.authoring import check_file
from judge.catalog import all_problem_files
from judge.pipeline import Judge

PROBLEMS = Path(__file__).resolve().parents[2] / "problems"
FILES = all_problem_files(PROBLEMS)


@pytest.mark.sandbox
@pytest.mark.parametrize("path", FILES, ids=[f"{each.parent.name}/{each.stem}" for each in FILES])
def test_a_problem_of_the_course_holds(judge: Judge, path: Path) -> None:
    report = check_file(judge, path, seeds=2, mutants=True)
    assert [each for each in report.findings if each.severity == "error"] == []
    assert report.ok
