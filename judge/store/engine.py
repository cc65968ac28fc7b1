"""Open the database: SQLite for one machine, PostgreSQL for many."""

from __future__ import annotations

import select
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    InvalidatePoolError,
    OperationalError,
)
from sqlalchemy.orm import Session, sessionmaker

from judge.errors import UsageError
from judge.store.errors import DatabaseAway, SchemaError

_BUSY_TIMEOUT_MS = 15_000
"""How long a writer of SQLite waits for another. Each of ours writes for milliseconds."""
_CONNECT_TIMEOUT_S = 5
_BEGIN = "judge_begin"
_HIDE = True
"""Errors would quote what a statement was given: students' code, hashes of passwords."""


class Store:
    """One database. Safe for many threads; sessions are not, so each takes its own."""

    def __init__(self, url: str, *, pool_size: int = 16) -> None:
        self.url = url
        self.engine = make_engine(url, pool_size=pool_size)
        self.one_writer = self.engine.dialect.name == "sqlite"
        """Whether all writers wait for each other, as those of SQLite do."""
        self._writer = writing = self.engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        # PostgreSQL begins and ends a transaction by messages of their own, three for one.
        self._reader = alone = self.engine.execution_options(
            **({_BEGIN: ""} if self.one_writer else {"isolation_level": "AUTOCOMMIT"})
        )
        self._reading = sessionmaker(alone, expire_on_commit=False)
        self._writing = sessionmaker(writing, expire_on_commit=False)
        self._once = writing if self.one_writer else alone

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that only reads, each statement what is committed when it begins.

        Raises:
            DatabaseAway: it can't be reached.
        """
        with _translated(), self._reading() as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """Open a connection that only reads, as ``read`` does: columns, for half of its cost.

        Raises:
            DatabaseAway: it can't be reached.
        """
        with _translated(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a session whose transaction is committed at the end, or rolled back on an error.

        SQLite's write lock is taken at once: a transaction that read first and would write later
        could not be granted it any more.

        Raises:
            DatabaseAway: it can't be reached, or went away before the commit.
        """
        with _translated(), self._writing.begin() as session:
            yield session

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """Open a connection whose transaction ends as that of ``write``: for half of its cost.

        Raises:
            DatabaseAway: it can't be reached, or went away before the commit.
        """
        with _translated(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def once(self) -> Iterator[Connection]:
        """Open a connection for one statement that writes: it is its own transaction.

        Raises:
            DatabaseAway: it can't be reached.
        """
        with _translated(), self._once.begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Open a connection that sees in each transaction one moment, however long it reads.

        Nobody waits for it: SQLite and PostgreSQL both keep what was for those who still read it.

        Raises:
            DatabaseAway: it can't be reached.
        """
        with _translated(), self.engine.connect() as connection:
            if not self.one_writer:
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            yield connection

    @contextmanager
    def rebuild(self, *, keep: bool = True) -> Iterator[Connection]:
        """Open a transaction that may make tables anew, as migrations do.

        SQLite changes a table by copying it and dropping the old one, which with foreign keys in
        force would delete every row that points to it: they are looked at in the end instead.

        Args:
            keep: commit at the end; False to try something and leave no trace.

        Raises:
            SchemaError: a row would point to another that is not there; nothing has changed.
            DatabaseAway: it can't be reached, or went away before the commit.
        """
        with _translated(), self._writer.connect() as connection:
            if self.one_writer:
                _enforce(connection, keys=False)
            try:
                with connection.begin() as transaction:
                    yield connection
                    _refuse_dangling(connection)
                    if not keep:
                        transaction.rollback()
            finally:
                if self.one_writer:
                    _enforce(connection, keys=True)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def make_engine(url: str, *, pool_size: int = 16) -> Engine:
    """Return an engine for ``sqlite:///path`` or ``postgresql://user:password@host/name``.

    Raises:
        UsageError: the address is of neither kind.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as exc:
        raise UsageError(
            "the database's address is not one: it begins with sqlite:/// or postgresql://"
        ) from exc
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        engine = create_engine(
            parsed,
            connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000},
            hide_parameters=_HIDE,
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if backend != "postgresql":
        raise UsageError(f"the database has to be SQLite or PostgreSQL, not {backend}")
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=4,
        hide_parameters=_HIDE,
        connect_args={
            "connect_timeout": _CONNECT_TIMEOUT_S,
            "application_name": "tensorjudge",
            # A server that was set up without a locale would else send bytes for texts.
            "client_encoding": "utf8",
            # A host that is cut off says no farewell.
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
        },
    )
    event.listen(engine, "checkout", _refuse_dead)
    return engine


def _refuse_dead(connection: Any, record: object, proxy: object) -> None:  # noqa: ANN401  any driver's
    """Give nobody a connection whose server has gone: a restart leaves them all behind.

    Asking the server costs a message there and back each time; that it has closed the connection
    can be seen here, for nothing else ever arrives on one that nobody uses.
    """
    del record, proxy
    readable = select.poll()
    readable.register(connection.fileno(), select.POLLIN)
    if connection.closed or readable.poll(0):
        raise InvalidatePoolError


def _prepare_sqlite(connection: Any, record: object) -> None:  # noqa: ANN401  any driver's
    del record
    if not isinstance(connection, sqlite3.Connection):
        return
    # Transactions are begun by the hook below; the driver's own would begin them too late.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",  # readers and one writer at a time, without waiting
        "synchronous = NORMAL",  # with WAL: survives our death, and waits far less for the disk
        f"busy_timeout = {_BUSY_TIMEOUT_MS}",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:  # noqa: ANN401  SQLAlchemy gives no type
    statement = connection.get_execution_options().get(_BEGIN, "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)


def _enforce(connection: Connection, *, keys: bool) -> None:
    """Have SQLite look at foreign keys or not; inside a transaction it would not listen."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys = {'ON' if keys else 'OFF'}")


def _refuse_dangling(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if found is not None:
        raise SchemaError(
            f"row {found[1]} of the table {found[0]} would point to a row of {found[2]} that is "
            "not there; nothing was changed"
        )


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as exc:
        raise DatabaseAway(f"the database can't be used: {_reason(exc)}") from exc
    except DatabaseError as exc:
        if type(exc) is not DatabaseError:  # a bug of ours, named by a class of its own
            raise
        # SQLite's word for a file that is damaged, or was never a database.
        raise DatabaseAway(
            f"the database can't be used: {_reason(exc)}. If its file is damaged, put a backup in "
            "its place: move the file away and run `judge restore`"
        ) from exc


def _reason(exc: DBAPIError) -> str:
    """The driver's first line: the rest may repeat the statement, with what is in it."""
    reason = str(exc.orig).strip().partition("\n")[0][:300]
    # What SQLite says where it can't even make the files that it works with.
    return f"{reason}: the disk is full, or failing" if reason == "disk I/O error" else reason
