"""Logs that are caught, and logging as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.telemetry.catching import Caught, catching, restoring


@pytest.fixture
def restored() -> Iterator[None]:
    with restoring():
        yield


@pytest.fixture
def caught() -> Iterator[Caught]:
    with catching() as stream:
        yield stream
