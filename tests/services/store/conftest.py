"""Databases to back up, and empty ones to restore into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from judge.store import (
    Store,
)
from tests.services.store.sampling import fill


@pytest.fixture
def sampled(tmp_path: Path) -> Iterator[Store]:
    """A SQLite database with rows in every table."""
    opened = Store(f"sqlite:///{tmp_path / 'sampled.db'}")
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture
def other(database_url: str) -> Iterator[Store]:
    """A database that nobody has touched, of each kind."""
    opened = Store(database_url)
    yield opened
    opened.close()
