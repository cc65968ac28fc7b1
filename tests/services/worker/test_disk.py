"""A worker whose data, cache and temporary files are on a disk that fills up."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.services.conftest import SmallDisk
from tests.services.worker.test_faults import Deployment, through

pytestmark = [pytest.mark.services, pytest.mark.sandbox]


@pytest.fixture
def on_small_disk(small_disk: SmallDisk) -> Iterator[Deployment]:
    folder = small_disk.folder
    made = Deployment(folder, database=f"sqlite:///{folder / 'judge.db'}", broker="filesystem")
    made.environment |= {"JUDGE_CACHE_DIR": str(folder / "cache"), "TMPDIR": str(folder)}
    yield made
    made.stop()


def test_a_full_disk_delays_and_loses_nothing(
    on_small_disk: Deployment, small_disk: SmallDisk
) -> None:
    worker = on_small_disk.start_worker()

    def be_full_for_a_while() -> None:
        small_disk.fill()
        time.sleep(5)
        small_disk.make_room()

    through(on_small_disk, be_full_for_a_while)
    assert worker.poll() is None


def test_a_worker_starts_on_a_full_disk(on_small_disk: Deployment, small_disk: SmallDisk) -> None:
    small_disk.fill()
    worker = on_small_disk.start_worker()
    time.sleep(5)
    small_disk.make_room()
    through(on_small_disk, lambda: None)
    assert worker.poll() is None
