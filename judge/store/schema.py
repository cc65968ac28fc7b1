"""Bring the database's schema to this program's version, or say why that can't be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, inspect, text

from judge.store.engine import Store
from judge.store.errors import DatabaseAway, SchemaError

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"
VERSION_TABLE = "alembic_version"
_LOCK = 0x746A  # "tj": which of PostgreSQL's advisory locks is ours


def upgrade(store: Store) -> tuple[str | None, str]:
    """Run the migrations that are missing; two of these at once wait for each other.

    Returns:
        The revision before (None for an empty database) and the one now.

    Raises:
        SchemaError: the database was written by a newer program.
        DatabaseAway: it can't be reached.
    """
    with store.read() as session:
        before = revision_of(session.connection())
    head = head_revision()
    if before == head:
        return before, head
    with store.rebuild() as connection:
        take_lock(connection)
        before = revision_of(connection)
        check_known(before)
        migrate(connection)
        return before, head


def take_lock(connection: Connection) -> None:
    """Wait for whoever else changes the schema or reads all of it; hold them off until the end.

    SQLite has one writer at a time as it is.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


@contextmanager
def held_still(connection: Connection) -> Iterator[None]:
    """Keep the schema as it is for as long as the block lasts; others may still read and write."""
    if connection.dialect.name != "postgresql":
        yield
        return
    # Held by the session, and taken before the transaction whose snapshot has to be younger.
    connection.execute(text("SELECT pg_advisory_lock_shared(:lock)"), {"lock": _LOCK})
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock_shared(:lock)"), {"lock": _LOCK})
        connection.commit()


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to a revision, in the transaction of a connection."""
    if revision_of(connection) != (head_revision() if revision == "head" else revision):
        _alembic("upgrade", connection, revision)


def downgrade(store: Store, revision: str) -> None:
    """Go back to an older revision (``base`` for none); used before an older program is started."""
    with store.rebuild() as connection:
        take_lock(connection)
        _alembic("downgrade", connection, revision)


def check_current(store: Store) -> None:
    """Insist on a schema of exactly this program's version.

    Raises:
        SchemaError: it is older or newer; the text says what to do.
        DatabaseAway: it can't be reached.
    """
    with store.read() as session:
        found = revision_of(session.connection())
    check_known(found)
    head = head_revision()
    if found != head:
        raise SchemaError(
            f"the database is at revision {found or '(empty)'}, this program needs {head}: "
            "run `judge migrate`"
        )


def wait_until_current(
    store: Store, *, patience_s: float, say: Callable[[str], None], pause_s: float = 1.0
) -> None:
    """Insist on the schema as ``check_current`` does, and wait for a database that is away.

    Whoever starts everything at once, after a power cut say, need not start it in order.

    Args:
        store: the database.
        patience_s: how long to wait; what is configured wrongly is not mended by waiting.
        say: is told once why it waits.
        pause_s: how often to look.

    Raises:
        SchemaError: it is older or newer.
        DatabaseAway: it still can't be reached.
    """
    end = time.monotonic() + patience_s
    told = False
    while True:
        try:
            check_current(store)
        except DatabaseAway as exc:
            if time.monotonic() > end:
                raise
            if not told:
                say(f"{exc}; waiting for it, for {patience_s:.0f} s at most")
                told = True
            time.sleep(pause_s)
        else:
            return


def check_known(revision: str | None) -> None:
    """Refuse a revision that this program has never heard of.

    Raises:
        SchemaError: it is a newer program's.
    """
    if revision is not None and revision not in _revisions():
        raise SchemaError(
            f"the database is at revision {revision}, which a newer version of this program made; "
            f"this one knows up to {head_revision()}. Start the newer version, or restore a backup "
            "from before the upgrade"
        )


def head_revision() -> str:
    """Return the newest revision that this program knows."""
    known = _revisions()
    if not known:
        raise SchemaError(f"there are no migrations in {MIGRATIONS}")
    return known[-1]


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database; None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
    return found


def _revisions() -> list[str]:
    """Return every revision that this program knows, oldest first: their files begin with it."""
    return sorted(each.name.partition("_")[0] for each in MIGRATIONS.glob("versions/[0-9]*.py"))


def _alembic(act: Literal["upgrade", "downgrade"], connection: Connection, revision: str) -> None:
    # Imported here: a start that has nothing to migrate is sooner ready without.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    getattr(command, act)(config, revision)
