"""The schema for editors and the page for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from judge.catalog import json_schema, reference_markdown
from judge.domain.verdict import ON_REQUEST, Verdict


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in [schema, *schema["$defs"].values()]:
        yield from part["properties"].items()


def test_every_key_of_the_format_is_described() -> None:
    schema = json_schema()
    assert schema["title"] == "TensorJudge problem"
    assert schema["description"]
    for key, value in properties(schema):
        assert value.get("description", "").endswith((".", "`.", "1.")), key


def test_the_schema_is_json_and_knows_no_null() -> None:
    text = json.dumps(json_schema())
    assert '"null"' not in text
    assert "null" not in text.replace("nulls", "")


def test_no_mapping_takes_unknown_keys() -> None:
    schema = json_schema()
    for part in [schema, *schema["$defs"].values()]:
        assert part["additionalProperties"] is False


def test_the_schema_lists_the_closed_sets() -> None:
    defs = json_schema()["$defs"]
    verdicts = defs["MistakeEntry"]["properties"]["verdict"]["enum"]
    assert set(verdicts) == set(Verdict) - {Verdict.ACCEPTED, Verdict.JUDGE_ERROR}
    assert set(defs["CaseEntry"]["properties"]["check"]["items"]["enum"]) == ON_REQUEST


def test_the_schema_says_what_is_required() -> None:
    assert json_schema()["required"] == [
        "format",
        "title",
        "difficulty",
        "signature",
        "statement",
        "solution",
        "cases",
    ]


def test_the_reference_has_a_row_for_every_key() -> None:
    page = reference_markdown()
    for key, value in properties(json_schema()):
        assert f"| `{key}` | " in page
        assert value["description"].replace("|", "\\|") in page


def test_the_reference_is_a_table_of_four_columns() -> None:
    rows = [row for row in reference_markdown().split("\n") if row.startswith("|")]
    for row in rows:
        assert row.replace("\\|", "").count("|") == 5, row
