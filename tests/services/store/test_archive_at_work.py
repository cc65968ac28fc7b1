"""A backup is of one moment, while others write and migrate."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, Self, cast

import pytest
from sqlalchemy import event, func, select

from judge.store import (
    Store,
    archive,
    schema,
    submissions,
)
from judge.store.submissions import Answer
from judge.store.work import Draft, Submission
from tests.services.conftest import put_problem, put_user
from tests.services.store.sampling import restored

pytestmark = pytest.mark.services


class Hammer:
    """Writes what belongs together, as fast as it can, from several threads."""

    def __init__(self, store: Store, threads: int = 3) -> None:
        self.store = store
        self.problem = put_problem(store)
        self.over = threading.Event()
        self.going = threading.Semaphore(0)
        users = [put_user(store, f"user {number}") for number in range(threads)]
        self.threads = [threading.Thread(target=self._write, args=(each,)) for each in users]

    def _write(self, user_id: int) -> None:
        number = 0
        while not self.over.is_set():
            number += 1
            with self.store.write() as session:
                # One transaction: so many submissions, and a draft that says how many.
                for _ in range(2):
                    submissions.create(
                        session.connection(),
                        self.problem,
                        Answer("x"),
                        user_id=user_id,
                        most_under_way=10**6,
                    )
                draft = session.get(Draft, (user_id, self.problem.id)) or Draft(
                    user_id=user_id, problem_id=self.problem.id, revision=0, code=""
                )
                draft.revision = number
                session.add(draft)
            self.going.release()

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def wait(self, count: int) -> None:
        """Wait for so many further transactions."""
        while self.going.acquire(blocking=False):
            pass
        for _ in range(count):
            assert self.going.acquire(timeout=30)


def holds_together(store: Store) -> int:
    """Each draft counts its student's submissions; return how many there are in all."""
    with store.read() as session:
        for user_id, revision in session.execute(select(Draft.user_id, Draft.revision)):
            wanted = select(func.count()).where(Submission.user_id == user_id)
            assert session.scalar(wanted) == 2 * revision
        return int(session.scalar(select(func.count()).select_from(Submission)) or 0)


def test_a_backup_is_of_one_moment_while_others_write(store: Store, tmp_path: Path) -> None:
    counts = []
    with Hammer(store) as hammer:
        for number in range(3):
            hammer.wait(20)
            path = tmp_path / f"backup {number}"

            with path.open("wb") as stream:
                # Between two tables, others write: what is read later must not show it.
                made = archive.make(
                    store, cast("IO[bytes]", _Slow(stream, partial(hammer.wait, 5)))
                )
            again = Store(f"sqlite:///{tmp_path / f'again {number}.db'}")
            restored(again, path)
            counts.append(holds_together(again))
            assert made.tables["submissions"].rows == counts[-1]
            again.close()
    assert counts == sorted(set(counts))
    assert holds_together(store) > counts[-1]


class _Slow(io.RawIOBase):
    """A file on whose writing something happens first: a backup that takes its time."""

    def __init__(self, stream: io.BufferedWriter, first: Callable[[], None]) -> None:
        super().__init__()
        self._stream = stream
        self._first = first

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override] # no other buffers here
        if data[:4] == b"PK\x03\x04":  # a table begins
            self._first()
        return self._stream.write(data)

    def flush(self) -> None:
        if not self._stream.closed:
            self._stream.flush()


def test_a_migration_waits_for_a_backup_and_not_for_writers(store: Store) -> None:
    if store.one_writer:
        pytest.skip("SQLite's readers keep the tables that they began with")
    waiting = threading.Event()

    @event.listens_for(store.engine, "before_cursor_execute")
    def _look(*call: object) -> None:
        if "pg_advisory_xact_lock" in str(call[2]):
            waiting.set()

    def down() -> None:
        schema.downgrade(store, "-1")

    thread = threading.Thread(target=down)
    with store.snapshot() as connection, schema.held_still(connection):
        thread.start()
        assert waiting.wait(20)
        thread.join(0.3)
        assert thread.is_alive()
        put_user(store, "Ada")
        assert schema.revision_of(connection) == schema.head_revision()
    thread.join(20)
    assert not thread.is_alive()
