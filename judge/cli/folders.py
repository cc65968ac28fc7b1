"""Make the folder of the data, or say why it can't be had."""

from __future__ import annotations

from pathlib import Path

from judge.errors import UsageError


def make_folder(folder: Path) -> None:
    """Make a folder for this user alone, where there is none.

    Raises:
        UsageError: it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        raise UsageError(
            f"the folder of the data, {folder}, can't be made: {exc.strerror}. "
            "Set JUDGE_DATA_DIR to one that can"
        ) from exc
