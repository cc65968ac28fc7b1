"""Make a database of a backup, in one transaction: all of it, or nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, inspect, literal, select, text, update
from sqlalchemy import table as named
from sqlalchemy.exc import DataError, IntegrityError

from judge.domain.lifecycle import State
from judge.store import schema
from judge.store.archive.container import Archive, Say
from judge.store.archive.quiet import insist_on_quiet
from judge.store.archive.rows import VERSIONS, into, lines_of, names_of, tables_at, tally_of
from judge.store.base import clock
from judge.store.engine import Store
from judge.store.errors import ArchiveError, SchemaError
from judge.store.work import Submission, Worker

_LOCK_TIMEOUT_S = 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the revision of the backup and the one now, how many rows were replaced."""

    revision: str
    now: str
    replaced: int


def restore(
    store: Store, archive: Archive, *, replace: bool = False, say: Say = lambda _: None
) -> Restored:
    """Make the database what it was when the backup was made, at this program's schema.

    What was being judged then waits to be judged again, and no worker counts as alive.

    Args:
        store: the database to be filled.
        archive: the backup.
        replace: whether what is there may go.
        say: is told which table it is at.

    Raises:
        ArchiveError: the file is damaged, the database is not empty, or somebody works on it.
        SchemaError: the backup is a newer program's.
        DatabaseAway: the database can't be reached, or went away.
    """
    insist_on_known(archive)
    with store.rebuild() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT_S}s'"))
        schema.take_lock(connection)
        insist_on_quiet(connection)
        replaced = _clear(connection, archive, replace=replace)
        fill(connection, archive, say=say)
        return Restored(archive.manifest.revision, schema.head_revision(), replaced)


def insist_on_known(archive: Archive) -> None:
    """Refuse a backup whose schema this program does not know.

    Raises:
        SchemaError: it is a newer program's.
    """
    manifest = archive.manifest
    try:
        schema.check_known(manifest.revision)
    except SchemaError as exc:
        raise SchemaError(
            f"{archive.path} has a database of revision {manifest.revision}, which a newer version "
            f"of this program made ({manifest.version}); this one knows up to "
            f"{schema.head_revision()}. Restore with the newer version"
        ) from exc
    tables = {name: names_of(table) for name, table in tables_at(manifest.revision).items()}
    if tables != {name: table.columns for name, table in manifest.tables.items()}:
        raise ArchiveError(
            f"{archive.path} does not have the tables of its revision {manifest.revision}: it was "
            "changed, or made by a version of this program that was never released"
        )


def fill(connection: Connection, archive: Archive, *, say: Say) -> None:
    """Make the tables where there are none, fill them, and prove that they have what was written.

    Raises:
        ArchiveError: the file is damaged.
    """
    revision = archive.manifest.revision
    schema.migrate(connection, revision)
    with _translated(archive), _keys_aside(connection):
        for name in tables_at(revision):
            _fill_one(connection, archive, name, say)
    schema.migrate(connection)
    _settle(connection)
    _set_sequences(connection)


def _fill_one(connection: Connection, archive: Archive, name: str, say: Say) -> None:
    table, said = tables_at(archive.manifest.revision)[name], archive.manifest.tables[name]

    def reading() -> Iterator[bytes]:
        for number, line in enumerate(archive.lines(name), 1):
            if number % 1000 == 0:
                say(f"Restoring {name}: {number:,} of {said.rows:,} rows")
            yield line

    put = into(connection, table, reading()).contents(said.columns)
    found = tally_of(lines_of(connection, table)).contents(said.columns)
    if found != put:
        raise ArchiveError(
            f"the table {name} does not come back as it was put in: {found.rows} rows of "
            f"{put.rows}. This is a bug of ours; nothing was changed"
        )


def _clear(connection: Connection, archive: Archive, *, replace: bool) -> int:
    """Drop our tables; return how many rows they had."""
    there = set(inspect(connection).get_table_names(schema=_schema_of(connection)))
    known = {VERSIONS, *tables_at(archive.manifest.revision), *tables_at(schema.head_revision())}
    ours = sorted(there & known)
    rows = sum(_count(connection, name) for name in ours if name != VERSIONS)
    if rows and not replace:
        raise ArchiveError(
            f"the database is not empty: it has {_count_if(connection, 'users', ours)} users and "
            f"{_count_if(connection, 'submissions', ours)} submissions. `--replace` puts the "
            "backup in their place; make a backup of them first"
        )
    strangers = sorted(there - known)
    if strangers and ours:
        raise ArchiveError(
            f"the database has tables that this program does not know ({', '.join(strangers)}), a "
            "newer version's perhaps: restore into a new database (for SQLite: move the file away)"
        )
    quote = connection.dialect.identifier_preparer.quote
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in ours:
        connection.execute(text(f"DROP TABLE {quote(name)}{cascade}"))
    return rows


def _count(connection: Connection, name: str) -> int:
    return int(connection.scalar(select(func.count()).select_from(named(name))) or 0)


def _count_if(connection: Connection, name: str, there: list[str]) -> int:
    return _count(connection, name) if name in there else 0


def _schema_of(connection: Connection) -> str | None:
    if connection.dialect.name != "postgresql":
        return None
    return str(connection.scalar(text("SELECT current_schema()")))


_KEYS = """
SELECT conrelid::regclass AS table_name, quote_ident(conname) AS key_name,
       pg_get_constraintdef(oid) AS definition
FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
ORDER BY 1, 2
"""


@contextmanager
def _keys_aside(connection: Connection) -> Iterator[None]:
    """Take foreign keys away while tables are filled in any order, and have them looked at after.

    Problems and versions point to each other, so no order would do. SQLite's are off already.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    keys = list(connection.execute(text(_KEYS)))
    for key in keys:
        connection.exec_driver_sql(f"ALTER TABLE {key.table_name} DROP CONSTRAINT {key.key_name}")
    yield
    for key in keys:
        connection.exec_driver_sql(
            f"ALTER TABLE {key.table_name} ADD CONSTRAINT {key.key_name} {key.definition}"
        )


def _settle(connection: Connection) -> None:
    """Let go of what was being judged, and of workers that are not there."""
    connection.execute(delete(Worker))
    connection.execute(
        update(Submission)
        .where(Submission.state == State.RUNNING.value)
        .values(
            state=State.QUEUED.value,
            lease=None,
            lease_until=None,
            hinted_at=clock(),
            tries=Submission.tries - 1,
        )
    )


def _set_sequences(connection: Connection) -> None:
    """Go on counting where the rows end."""
    if connection.dialect.name != "postgresql":
        return
    quote = connection.dialect.identifier_preparer.quote
    for name, table in tables_at(schema.head_revision()).items():
        if "id" not in table.columns:
            continue
        sequence = func.pg_get_serial_sequence(quote(name), "id")
        newest = int(connection.scalar(select(func.max(table.columns.id))) or 0)
        started = literal(value=False)
        connection.execute(select(func.setval(sequence, newest + 1, started)))


@contextmanager
def _translated(archive: Archive) -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError) as exc:
        reason = str(exc.orig).strip().partition("\n")[0][:300]
        raise ArchiveError(
            f"{archive.path} does not hold together: {reason}. Nothing was changed"
        ) from exc
