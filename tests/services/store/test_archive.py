"""Backups: what comes back is what was there, whatever the database and the revision."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import String, inspect, select, text

from judge.domain.lifecycle import Queue, State
from judge.store import (
    ArchiveError,
    SchemaError,
    Store,
    archive,
    queue,
    schema,
    submissions,
    workers,
)
from judge.store.archive.rows import tables_at
from judge.store.models import Base
from judge.store.submissions import Answer
from judge.store.work import Submission
from judge.store.workers import Presence
from tests.services.conftest import put_problem, put_user
from tests.services.store.sampling import ROWS, backed_up, fill, restored, rows_in

pytestmark = pytest.mark.services
REVISIONS = [each.revision for each in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()][
    ::-1
]


def test_every_table_of_the_models_is_in_a_backup(sampled: Store, tmp_path: Path) -> None:
    made = backed_up(sampled, tmp_path / "b")
    assert set(made.tables) == set(Base.metadata.tables)
    for name, table in Base.metadata.tables.items():
        assert set(made.tables[name].columns) == set(table.columns.keys())
        assert made.tables[name].rows == ROWS


def test_a_backup_goes_into_either_database_and_comes_back_the_same(
    sampled: Store, other: Store, tmp_path: Path
) -> None:
    first = backed_up(sampled, tmp_path / "first")
    restored(other, tmp_path / "first")
    second = backed_up(other, tmp_path / "second")
    # Nobody is alive after a restore, and that is all that differs.
    assert second.tables["workers"].rows == 0
    kept = {name: table for name, table in first.tables.items() if name != "workers"}
    assert {name: second.tables[name] for name in kept} == kept
    back = Store(f"sqlite:///{tmp_path / 'back.db'}")
    restored(back, tmp_path / "second")
    assert backed_up(back, tmp_path / "third").tables == second.tables
    back.close()


def test_what_is_written_after_a_restore_gets_new_numbers(
    sampled: Store, other: Store, tmp_path: Path
) -> None:
    backed_up(sampled, tmp_path / "b")
    restored(other, tmp_path / "b")
    assert put_user(other, "Grace") == ROWS + 1


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_backup_of_an_older_version_is_brought_to_this_one(
    revision: str, other: Store, tmp_path: Path
) -> None:
    old = Store(f"sqlite:///{tmp_path / 'old.db'}")
    fill(old, revision)
    made = backed_up(old, tmp_path / "b")
    old.close()
    assert (made.revision, made.rows) == (revision, ROWS * len(tables_at(revision)))
    done = restored(other, tmp_path / "b")
    assert (done.revision, done.now) == (revision, schema.head_revision())
    schema.check_current(other)
    there = set(tables_at(revision)) & set(tables_at(schema.head_revision())) - {"workers"}
    assert {name: rows_in(other, name) for name in there} == dict.fromkeys(there, ROWS)


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_upgrade_loses_no_row(revision: str, tmp_path: Path) -> None:
    old = Store(f"sqlite:///{tmp_path / 'old.db'}")
    fill(old, revision)
    schema.upgrade(old)
    there = set(tables_at(revision)) & set(tables_at(schema.head_revision()))
    assert {name: rows_in(old, name) for name in there} == dict.fromkeys(there, ROWS)
    old.close()


def test_a_table_made_anew_keeps_the_rows_that_point_to_it(sampled: Store) -> None:
    """With keys in force, SQLite would delete every sign-in along with the old table."""
    with sampled.rebuild() as connection:
        steps = Operations(MigrationContext.configure(connection))
        with steps.batch_alter_table("users") as users:
            users.alter_column("name", type_=String(80))
    assert rows_in(sampled, "logins") == ROWS


def test_a_change_that_leaves_a_row_pointing_nowhere_is_undone(sampled: Store) -> None:
    with (
        pytest.raises(SchemaError, match="would point to a row of users"),
        sampled.rebuild() as connection,
    ):
        connection.execute(text("DELETE FROM users WHERE id = 3"))
    assert rows_in(sampled, "users") == ROWS
    # And they are in force again for everybody else.
    with sampled.write() as session:
        session.execute(text("DELETE FROM users WHERE id = 3"))
    assert rows_in(sampled, "logins") == ROWS - 1


def test_a_trial_leaves_nothing_behind(sampled: Store, other: Store, tmp_path: Path) -> None:
    backed_up(sampled, tmp_path / "b")
    schema.upgrade(other)
    put_user(other, "Ada")
    with archive.open_archive(tmp_path / "b") as opened:
        archive.try_in(other, opened, place=tmp_path / "cache")
    assert list((tmp_path / "cache").glob("*")) == []
    assert rows_in(other, "users") == 1
    assert not [name for name in inspect(other.engine).get_schema_names() if "check" in name]


def test_a_full_database_is_only_replaced_when_told(
    sampled: Store, other: Store, tmp_path: Path
) -> None:
    backed_up(sampled, tmp_path / "b")
    schema.upgrade(other)
    put_user(other, "Ada")
    other.close()
    with pytest.raises(ArchiveError, match="1 users and 0 submissions"):
        restored(other, tmp_path / "b")
    assert rows_in(other, "users") == 1
    other.close()
    assert restored(other, tmp_path / "b", replace=True).replaced == 1
    assert rows_in(other, "users") == ROWS


def test_nothing_is_replaced_while_a_worker_lives(
    sampled: Store, other: Store, tmp_path: Path
) -> None:
    backed_up(sampled, tmp_path / "b")
    schema.upgrade(other)
    with other.write() as session:
        workers.report(session, Presence("left", tuple(Queue), 1, "2", ()))
    other.close()
    with pytest.raises(ArchiveError, match="workers are alive: left"):
        restored(other, tmp_path / "b", replace=True)


def test_postgresql_tells_that_somebody_is_connected(
    sampled: Store, store: Store, database_url: str, tmp_path: Path
) -> None:
    if store.one_writer:
        pytest.skip("SQLite can't tell who has its file open")
    backed_up(sampled, tmp_path / "b")
    store.close()
    site = Store(database_url)
    with site.read() as session:
        session.scalar(select(1))
    with pytest.raises(ArchiveError, match="1 connections of the site"):
        restored(store, tmp_path / "b")
    site.close()
    restored(store, tmp_path / "b")


def test_what_was_being_judged_waits_again(store: Store, tmp_path: Path) -> None:
    problem, user_id = put_problem(store), put_user(store)
    with store.write() as session:
        submissions.create(
            session.connection(), problem, Answer("x"), user_id=user_id, most_under_way=9
        )
    with store.once() as connection:
        claim = queue.claim(connection, queues=list(Queue), worker="dead", lease_s=9999)
    assert claim is not None
    backed_up(store, tmp_path / "b")
    store.close()
    restored(store, tmp_path / "b", replace=True)
    with store.read() as session:
        row = session.scalars(select(Submission)).one()
        assert (row.state, row.lease, row.tries) == (State.QUEUED.value, None, 0)


def test_a_nul_that_sqlite_took_does_not_keep_a_course_on_the_laptop(
    other: Store, tmp_path: Path
) -> None:
    laptop = Store(f"sqlite:///{tmp_path / 'laptop.db'}")
    schema.upgrade(laptop)
    problem, user_id = put_problem(laptop), put_user(laptop)
    with laptop.write() as session:
        submissions.create(
            session.connection(), problem, Answer("a\0b \\u0000"), user_id=user_id, most_under_way=9
        )
    backed_up(laptop, tmp_path / "b")
    laptop.close()
    restored(other, tmp_path / "b")
    with other.read() as session:
        code = session.scalars(select(Submission.code)).one()
    assert code == ("a\0b \\u0000" if other.one_writer else "a\N{REPLACEMENT CHARACTER}b \\u0000")
