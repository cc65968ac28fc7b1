"""Reports as JSON and back: a summary for the submission's row, one object for each case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from judge.domain.report import CaseReport, Report, as_json

_CASE = TypeAdapter(CaseReport)
_REPORT = TypeAdapter(Report)


def dump(report: Report) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Split a report into its summary and its cases, as ``json.dumps`` takes them.

    NaN and the infinities become the texts that ``load`` reads back.
    """
    whole: dict[str, Any] = as_json(report)
    cases: list[dict[str, Any]] = whole.pop("cases")
    return whole, cases


def load(summary: dict[str, Any], cases: Sequence[dict[str, Any]]) -> Report:
    """Return the report that ``dump`` took apart."""
    report = _REPORT.validate_python({**summary, "cases": ()})
    return Report(
        **{
            **{name: getattr(report, name) for name in Report.__dataclass_fields__},
            "cases": tuple(_CASE.validate_python(case) for case in cases),
        }
    )
