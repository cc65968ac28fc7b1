"""One sandbox for all tests that need no broken one, and a judge in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from judge.pipeline import Judge
from judge.sandbox.service import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox that serves; whoever kills its zygote finds it started again."""
    with Sandbox() as each:
        yield each


@pytest.fixture(scope="session")
def judge(sandbox: Sandbox) -> Judge:
    """A judge in the sandbox of all tests."""
    return Judge(sandbox)
