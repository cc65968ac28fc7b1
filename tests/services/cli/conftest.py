"""Somebody who calls the commands of the admin."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge.store import Store
from tests.services.cli.calling import Admin


@pytest.fixture
def admin(store: Store, database_url: str, tmp_path: Path) -> Admin:
    """An admin of an empty database; ``test_backup.py`` has one of its own."""
    return Admin(store, database_url, tmp_path)
