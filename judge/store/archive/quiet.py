"""Insist that nobody works on a database that is about to be replaced."""

from __future__ import annotations

from sqlalchemy import Connection, DateTime, String, column, inspect, select, text
from sqlalchemy import table as named

from judge.store.base import clock
from judge.store.errors import ArchiveError
from judge.store.submissions import WORKER_STALE_S

_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'tensorjudge' AND pid <> pg_backend_pid()
"""
_REMEDY = "Stop the site and the workers first"


def insist_on_quiet(connection: Connection) -> None:
    """Refuse while a worker is alive, or (PostgreSQL can tell) while anybody else is connected.

    Raises:
        ArchiveError: somebody is there.
    """
    if inspect(connection).has_table("workers"):
        alive: list[str] = list(
            connection.scalars(
                select(column("name", String))
                .select_from(named("workers"))
                .where(column("seen_at", DateTime(timezone=True)) > clock(-WORKER_STALE_S))
            )
        )
        if alive:
            raise ArchiveError(
                f"workers are alive: {', '.join(alive)}. {_REMEDY}; one that was killed "
                f"counts as alive for {WORKER_STALE_S:.0f} s"
            )
    if connection.dialect.name == "postgresql":
        others = int(connection.scalar(text(_OTHERS)) or 0)
        if others:
            raise ArchiveError(
                f"{others} connections of the site, of workers or of other commands are open to "
                f"this database. {_REMEDY}"
            )
