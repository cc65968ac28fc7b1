"""Write everything that the database has at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from sqlalchemy import Connection, Table

from judge import __version__
from judge.store import schema
from judge.store.archive.container import Manifest, Say, Writer
from judge.store.archive.rows import lines_of, names_of, tables_at
from judge.store.base import utc_now
from judge.store.engine import Store
from judge.store.errors import ArchiveError


def make(store: Store, stream: IO[bytes], *, say: Say = lambda _: None) -> Manifest:
    """Write a backup; the memory that it takes does not grow with the database.

    Args:
        store: the database, of any revision that this program knows.
        stream: where the file is written; need not be one that can go back.
        say: is told which table it is at.

    Returns:
        What was written.

    Raises:
        ArchiveError: there is nothing to back up.
        SchemaError: the database is a newer program's.
        DatabaseAway: it can't be reached, or went away.
    """
    with (
        Writer(stream) as writer,
        store.snapshot() as connection,
        schema.held_still(connection),
    ):
        revision = schema.revision_of(connection)
        if revision is None:
            raise ArchiveError("the database is empty: there is nothing to back up")
        schema.check_known(revision)
        made_at = utc_now()
        for name, table in tables_at(revision).items():
            writer.table(name, names_of(table), _told(connection, table, say))
        return writer.finish(
            version=__version__,
            revision=revision,
            database=connection.dialect.name,
            made_at=made_at,
        )


def _told(connection: Connection, table: Table, say: Say) -> Iterator[bytes]:
    return lines_of(
        connection, table, said=lambda number: say(f"Writing {table.name}: {number:,} rows")
    )
