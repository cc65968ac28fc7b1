"""Run migrations on the connection that judge.store.schema opened, inside its transaction."""

from __future__ import annotations

from typing import Literal

from alembic import context

from judge.store.base import Moment
from judge.store.models import Base

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit(
        "run migrations with `judge migrate`: it knows the database and takes the lock"
    )


def render_item(kind: str, item: object, autogen_context: object) -> str | Literal[False]:
    """Write our type as what the database has: a migration must not change when our code does."""
    del autogen_context
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # SQLite can't alter a table in place: copy, change, rename.
    render_as_batch=True,
    # Ours is a real one on SQLite too: the store begins it itself.
    transactional_ddl=True,
    compare_type=True,
    render_item=render_item,
)
context.run_migrations()
