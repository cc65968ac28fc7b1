"""A report's cases as rows of their own: written by one statement, read as one list.

Both databases take a list apart and put it together again; row by row costs a message each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Insert,
    Integer,
    ScalarSelect,
    Subquery,
    bindparam,
    cast,
    func,
    insert,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from judge.store.work import CaseResult

_COLUMNS = ("submission_id", "position", "verdict", "detail")


def put(connection: Connection, submission_id: int, cases: Sequence[dict[str, Any]]) -> None:
    """Write a submission's cases, as ``reports.dump`` gives them; it must have none yet."""
    if not cases:
        return
    given = {
        "submission": submission_id,
        "cases": list(cases),
        # By themselves: PostgreSQL can't look into an object that has a NUL in one of its texts.
        "verdicts": [case.get("verdict") for case in cases],
    }
    connection.execute(_put(connection.dialect.name), given)


@cache
def _put(dialect: str) -> Insert:
    case, verdict = (_taken_apart(name, dialect) for name in ("cases", "verdicts"))
    whose = bindparam("submission", type_=Integer)
    rows = select(whose, case.c.place, verdict.c.value, case.c.value).join_from(
        case, verdict, case.c.place == verdict.c.place
    )
    return insert(CaseResult).from_select(_COLUMNS, rows)


def _taken_apart(name: str, dialect: str) -> Subquery:
    """Return a parameter's list as a table of places and values; objects as JSON."""
    given: Any = bindparam(name, type_=JSON)
    if dialect == "sqlite":
        # What it gives for an object is a text, which is how SQLite keeps one.
        each = func.json_each(given).table_valued("key", "value")
        return select(each.c.key.label("place"), each.c.value).subquery()
    given = cast(given, JSON)
    take = func.json_array_elements if name == "cases" else func.json_array_elements_text
    each = take(given).table_valued("value", with_ordinality="number").render_derived()
    return select((each.c.number - 1).label("place"), each.c.value).subquery()


class _listed(FunctionElement[list[Any]]):  # noqa: N801  used like a function of SQL
    """All values of a JSON column as one list, in the order of the rows that they come from."""

    type = JSON()
    inherit_cache = True


@compiles(_listed, "sqlite")
def _sqlite_listed(element: _listed, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"json_group_array(json({compiler.process(element.clauses, **options)}))"


@compiles(_listed, "postgresql")
def _postgresql_listed(element: _listed, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"json_agg({compiler.process(element.clauses, **options)})"


def of(submission_id: Any) -> ScalarSelect[list[Any]]:  # noqa: ANN401  whatever may stand in a statement
    """Return a column: the cases of a submission as one list, in order; NULL or empty for none."""
    rows = (
        select(CaseResult.detail)
        .where(CaseResult.submission_id == submission_id)
        .order_by(CaseResult.position)
        .subquery()
    )
    return select(_listed(rows.c.detail)).scalar_subquery()
