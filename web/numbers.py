"""Numbers of rows as addresses carry them: none that the database would choke on."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""PostgreSQL's integer."""


class RowNumber(IntegerConverter):
    """``<int:…>`` of this site: a larger number is no page, rather than an error."""

    def __init__(self, url_map: Map, *args: Any, **settings: Any) -> None:  # noqa: ANN401  Werkzeug's
        super().__init__(url_map, *args, **{"max": LARGEST, **settings})


def row_number(text: str) -> int:
    """Read a row's number from a query, for ``args.get(…, type=row_number)``.

    Raises:
        ValueError: no row can have it.
    """
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError(text)
    return number


def install(app: Flask) -> None:
    """Have every ``<int:…>`` bounded."""
    app.url_map.converters["int"] = RowNumber
