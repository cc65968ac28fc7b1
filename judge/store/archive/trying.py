"""Prove that a backup restores, by restoring it where it does no harm."""

from __future__ import annotations

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from judge.store import schema
from judge.store.archive.container import Archive, Say
from judge.store.archive.restoring import Restored, fill, insist_on_known
from judge.store.engine import Store
from judge.store.errors import ArchiveError


def try_in(store: Store, archive: Archive, *, place: Path, say: Say = lambda _: None) -> Restored:
    """Restore a backup into a throw-away database of the same kind, and compare all it then has.

    Args:
        store: says which kind. PostgreSQL gives a schema of its own for it, in a transaction that
            is rolled back: nothing that is there is touched.
        archive: the backup.
        place: where SQLite's throw-away file may lie.
        say: is told which table it is at.

    Raises:
        ArchiveError: it does not restore.
        SchemaError: it is a newer program's.
        DatabaseAway: PostgreSQL can't be reached, or there is no room.
    """
    insist_on_known(archive)
    if not store.one_writer:
        with store.rebuild(keep=False) as connection:
            _own_schema(connection)
            fill(connection, archive, say=say)
    else:
        place.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="restore-", dir=place) as folder:
            thrown_away = Store(f"sqlite:///{Path(folder) / 'judge.db'}")
            try:
                with thrown_away.rebuild() as connection:
                    fill(connection, archive, say=say)
            finally:
                thrown_away.close()
    return Restored(archive.manifest.revision, schema.head_revision(), replaced=0)


def _own_schema(connection: Connection) -> None:
    name = f"judge_check_{secrets.token_hex(6)}"
    try:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    except ProgrammingError as exc:
        raise ArchiveError(
            "the database's user may not make a schema to try the backup in: as its owner run "
            "GRANT CREATE ON DATABASE … TO …, or try it in SQLite: JUDGE_DATABASE_URL= judge "
            "restore --check FILE"
        ) from exc
    connection.execute(text(f"SET LOCAL search_path TO {name}"))
