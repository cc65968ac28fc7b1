"""Databases of any revision with rows in every table, backed up and restored."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Float,
    Integer,
    MetaData,
    Table,
    func,
    select,
    table,
)

from judge.store import Store, archive, schema
from judge.store.archive import Manifest
from judge.store.archive.rows import VERSIONS, into, tables_at

ROWS = 7
_START = datetime(2026, 2, 28, 23, 59, 59, 123456, UTC)
_ODD = "名前 \N{SNOWMAN} 'quoted' \"twice\" \\ %s :x \u2028 \t\n"


def fill(store: Store, revision: str = "head") -> None:
    """Bring an empty SQLite database to a revision and put some rows into each table.

    Row i of each table has i in all its columns that point elsewhere, so all of them hold.
    """
    assert store.one_writer
    with store.rebuild() as connection:
        schema.migrate(connection, revision)
        made = MetaData()
        made.reflect(connection)
        for name, table in tables_at(schema.revision_of(connection) or "").items():
            into(connection, table, (_line(made.tables[name], row) for row in range(1, ROWS + 1)))
        assert made.tables.keys() == {*tables_at(schema.revision_of(connection) or ""), VERSIONS}


def _line(table: Table, row: int) -> bytes:
    return json.dumps([_value(column, row) for column in table.columns]).encode()


def _value(column: Column[Any], row: int) -> object:
    if column.nullable and row == ROWS:
        return None
    value: object
    match column.type:
        case JSON():
            value = json.dumps([_ODD, row, None, 0.1]) if row > 1 else "null"
        case DateTime():
            value = (_START + timedelta(days=row, microseconds=row)).isoformat()
        case Boolean():
            value = row % 2 == 0
        case Integer():
            value = row
        case Float():
            value = row / 3
        case _:
            value = f"{row}{_ODD}"[: getattr(column.type, "length", None) or 1000]
    return value


def backed_up(store: Store, path: Path) -> Manifest:
    with path.open("wb") as stream:
        return archive.make(store, stream)


def restored(store: Store, path: Path, *, replace: bool = False) -> archive.Restored:
    with archive.open_archive(path) as opened:
        return archive.restore(store, opened, replace=replace)


def rows_in(store: Store, name: str) -> int:
    with store.read() as session:
        return int(session.scalar(select(func.count()).select_from(table(name))) or 0)
