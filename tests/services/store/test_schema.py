"""The migrations on both kinds of database: down and up again, with the models' tables."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from judge.store import Store, schema
from judge.store.models import Base
from tests.services.conftest import put_problem, put_user

pytestmark = pytest.mark.services


def test_models_and_migrations_make_the_same_tables(store: Store) -> None:
    with store.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


def test_down_and_up_again_keeps_what_both_revisions_know(store: Store) -> None:
    put_user(store)
    problem = put_problem(store)
    schema.downgrade(store, "0003")
    assert not inspect(store.engine).has_table("audit")
    schema.upgrade(store)
    schema.check_current(store)
    assert put_problem(store).version_id == problem.version_id


def test_down_to_nothing_leaves_nothing(store: Store) -> None:
    schema.downgrade(store, "base")
    assert inspect(store.engine).get_table_names() == ["alembic_version"]
