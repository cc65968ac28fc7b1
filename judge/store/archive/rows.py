"""The tables of a revision, and their rows as lines that are the same whatever database has them.

Which tables there are and what columns they have is what the migrations make, so a new table is in
every backup from its migration on, and a backup of an older revision is read as it was written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    DateTime,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    cast,
    insert,
    select,
)
from sqlalchemy.sql.dml import Insert
from sqlalchemy.types import TypeEngine

from judge.store import schema
from judge.store.archive.container import Tally
from judge.store.base import Moment
from judge.store.engine import make_engine
from judge.store.errors import ArchiveError, SchemaError

VERSIONS = schema.VERSION_TABLE
_FETCHED = 100
"""Rows at a time: the largest have half a megabyte of code and report."""
_BATCH_ROWS, _BATCH_BYTES = 500, 4 << 20
_SAID_EVERY = 1000
_VALUE = "value_"

Batch = list[dict[str, Any]]


@lru_cache(maxsize=16)
def tables_at(revision: str) -> Mapping[str, Table]:
    """Return the tables that a database of that revision has, by name.

    Texts of JSON stay texts, so that they come back to the letter.
    """
    engine = make_engine("sqlite://")
    try:
        with engine.begin() as connection:
            schema.migrate(connection, revision)
            made = MetaData()
            made.reflect(connection)
    finally:
        engine.dispose()
    return {
        name: Table(name, MetaData(), *(_column(name, each) for each in made.tables[name].columns))
        for name in sorted(made.tables)
        if name != VERSIONS
    }


def _column(table: str, column: Column[Any]) -> Column[Any]:
    kept: TypeEngine[Any]
    match column.type:
        case JSON():
            kept = JSON()
        case DateTime():
            kept = Moment()
        case Boolean():
            kept = Boolean()
        case Integer() | Float() | String():
            kept = column.type
        case _:
            raise SchemaError(
                f"{table}.{column.name} is {column.type!r}, which a backup can't hold: teach "
                "judge/store/archive/rows.py to"
            )
    return Column(column.name, kept, primary_key=column.primary_key)


def names_of(table: Table) -> tuple[str, ...]:
    """Return a table's columns, in the order of its lines."""
    return tuple(column.name for column in table.columns)


def lines_of(
    connection: Connection, table: Table, *, said: Callable[[int], None] | None = None
) -> Iterator[bytes]:
    """Yield a table's rows in the order of its key, each as one line of JSON."""
    postgresql = connection.dialect.name == "postgresql"
    wanted = [cast(each, Text) if isinstance(each.type, JSON) else each for each in table.columns]
    order = [
        # Byte by byte, as SQLite has it, and not in the order of somebody's language.
        each.collate("C") if postgresql and isinstance(each.type, String) else each
        for each in table.primary_key
    ]
    statement = select(*wanted).order_by(*order).execution_options(yield_per=_FETCHED)
    for number, row in enumerate(connection.execute(statement), 1):
        if said is not None and number % _SAID_EVERY == 0:
            said(number)
        yield _line(row)


def _line(row: Sequence[Any]) -> bytes:
    values = [each.isoformat() if isinstance(each, datetime) else each for each in row]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def into(connection: Connection, table: Table, lines: Iterator[bytes]) -> Tally:
    """Put lines into an empty table; return what was put, which is what must come out again.

    Raises:
        ArchiveError: a line is no row of this table.
    """
    postgresql = connection.dialect.name == "postgresql"
    statement = _insert(table, postgresql=postgresql)
    tally, batch, size = Tally(), Batch(), 0
    for line in lines:
        values = _values(table, line, number=tally.rows + 1)
        if postgresql and b"\\u0000" in line:
            values = [_without_nul(each) for each in values]
        tally.add(_line(values))
        batch.append(
            {_VALUE + name: each for name, each in zip(names_of(table), values, strict=True)}
        )
        size += len(line)
        if len(batch) >= _BATCH_ROWS or size >= _BATCH_BYTES:
            connection.execute(statement, batch)
            batch, size = [], 0
    if batch:
        connection.execute(statement, batch)
    return tally


def _insert(table: Table, *, postgresql: bool) -> Insert:
    def value(column: Column[Any]) -> Any:  # noqa: ANN401  two kinds of expression
        if not isinstance(column.type, JSON):
            return bindparam(_VALUE + column.name, type_=column.type)
        text = bindparam(_VALUE + column.name, type_=Text())
        return cast(text, JSON) if postgresql else text

    return insert(table).values({column: value(column) for column in table.columns})


def _without_nul(value: object) -> object:
    """PostgreSQL has no texts with NUL; SQLite may have kept one that a student sent."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def _values(table: Table, line: bytes, *, number: int) -> list[Any]:
    try:
        # A line that is no list has no such pairs.
        pairs = zip(table.columns, json.loads(line), strict=True)
        return [
            datetime.fromisoformat(each) if isinstance(column.type, Moment) and each else each
            for column, each in pairs
        ]
    except (ValueError, TypeError) as exc:
        raise ArchiveError(
            f"row {number} of the table {table.name} is none: the file is damaged"
        ) from exc


def tally_of(lines: Iterator[bytes]) -> Tally:
    """Count lines."""
    tally = Tally()
    for line in lines:
        tally.add(line)
    return tally
