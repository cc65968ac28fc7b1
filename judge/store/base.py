"""What every table rests on: names of constraints, points in time, the database's clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Dialect, Float, MetaData, TypeDecorator, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


LONGEST_PAGE = 500
"""No list that is shown page by page gives more at once, whatever is asked for."""


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware and in UTC in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: it would mean another moment on another machine."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back UTC: SQLite forgets the zone, PostgreSQL gives the session's."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class clock(FunctionElement[datetime]):  # noqa: N801  used like a function of SQL
    """The database's own time, so many seconds from now: workers' clocks may differ by hours."""

    type = Moment()
    inherit_cache = True

    def __init__(self, offset_s: float | ColumnElement[float] = 0.0) -> None:
        """Take seconds, or an expression of them: a parameter, or what the database computes."""
        given = isinstance(offset_s, ColumnElement)
        super().__init__(offset_s if given else literal(float(offset_s), Float))


@compiles(clock, "sqlite")
def _sqlite_clock(element: clock, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    offset = compiler.process(element.clauses, **options)
    # Six digits after the point, as SQLAlchemy writes times: texts that are compared.
    return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', printf('%+.3f seconds', {offset}))"


@compiles(clock, "postgresql")
def _postgresql_clock(element: clock, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    offset = compiler.process(element.clauses, **options)
    return f"(clock_timestamp() + CAST({offset} AS double precision) * interval '1 second')"


def utc_now() -> datetime:
    """Return this machine's time, for what is only shown."""
    return datetime.now(UTC)
