"""The folder of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge.cli.folders import make_folder
from judge.errors import UsageError


def test_a_folder_is_for_its_user_alone(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    make_folder(tmp_path / "a" / "b")


def test_a_folder_that_cannot_be_made_is_named_with_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"file/b, can't be made: Not a directory.*JUDGE_DATA_DIR"):
        make_folder(tmp_path / "file" / "b")
