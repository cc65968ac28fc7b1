"""The database: tables, and every question that is put to it. Queries never commit."""

from judge.store.engine import Store
from judge.store.errors import ArchiveError, DatabaseAway, NameTaken, SchemaError, TooManyUnderWay

__all__ = [
    "ArchiveError",
    "DatabaseAway",
    "NameTaken",
    "SchemaError",
    "Store",
    "TooManyUnderWay",
]
