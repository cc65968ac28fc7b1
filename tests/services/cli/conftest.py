"""Somebody who calls the commands of the admin."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from judge.store import Store
from tests.services.cli.calling import Admin
from tests.services.conftest import SLUG

PROBLEMS = Path(__file__).parents[3] / "problems"


@pytest.fixture
def admin(store: Store, database_url: str, tmp_path: Path) -> Admin:
    """An admin of an empty database; ``test_backup.py`` has one of its own."""
    return Admin(store, database_url, tmp_path)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one problem."""
    folder = tmp_path / "course"
    (folder / "01-creation").mkdir(parents=True)
    shutil.copy(PROBLEMS / f"{SLUG}.yaml", folder / "01-creation")
    (folder / "course.yaml").write_text(
        "format: 1\nchapters:\n  - slug: 01-creation\n    title: {zh: 创建, en: Creation}\n"
    )
    return folder
