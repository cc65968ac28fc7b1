"""The migrations: one head, up and down, and the same tables as the models."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from judge.store import SchemaError, Store, schema
from judge.store.models import Base


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'judge.db'}")


def test_migrations_follow_each_other_in_the_order_of_their_files() -> None:
    known = ScriptDirectory(str(schema.MIGRATIONS))
    assert known.get_heads() == [schema.head_revision()]
    assert [each.revision for each in known.walk_revisions()] == sorted(
        (path.name.partition("_")[0] for path in schema.MIGRATIONS.glob("versions/*.py")),
        reverse=True,
    )


def test_migrations_and_models_make_the_same_tables(empty: Store) -> None:
    schema.upgrade(empty)
    with empty.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


def test_down_leaves_nothing_and_up_again_everything(empty: Store) -> None:
    schema.upgrade(empty)
    schema.downgrade(empty, "base")
    assert inspect(empty.engine).get_table_names() == ["alembic_version"]
    schema.upgrade(empty)
    schema.check_current(empty)


def test_two_upgrades_at_once_wait_for_each_other(empty: Store) -> None:
    failures: list[BaseException] = []

    def upgrade() -> None:
        try:
            schema.upgrade(Store(empty.url))
        except BaseException as exc:  # noqa: BLE001  asserted below
            failures.append(exc)

    threads = [threading.Thread(target=upgrade) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    schema.check_current(empty)


def test_an_older_database_names_the_command(empty: Store) -> None:
    with pytest.raises(SchemaError, match="judge migrate"):
        schema.check_current(empty)


def test_a_newer_database_is_refused_in_clear_words(empty: Store) -> None:
    schema.upgrade(empty)
    with empty.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for ask in (schema.check_current, schema.upgrade):
        with pytest.raises(SchemaError, match="newer version"):
            ask(empty)
