"""The database: tables, and every question that is put to it. Queries never commit."""

from judge.store.engine import Store
from judge.store.errors import (
    ArchiveError,
    DatabaseAway,
    LastAdmin,
    NameTaken,
    NotThere,
    SchemaError,
    TooManyUnderWay,
)

__all__ = [
    "ArchiveError",
    "DatabaseAway",
    "LastAdmin",
    "NameTaken",
    "NotThere",
    "SchemaError",
    "Store",
    "TooManyUnderWay",
]
