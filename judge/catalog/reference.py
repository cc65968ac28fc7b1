"""The format written down for editors and for people, from the model that validates it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from judge.catalog.schema import ProblemFile, json_schema_of

_FORMATS = {"python": "Python statements", "python-expression": "Python expression"}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a problem's file, for editors."""
    return json_schema_of(ProblemFile)


def reference_markdown() -> str:
    """Return a reference page of the problem format: one table for each kind of mapping."""
    schema = json_schema()
    parts = [("The file", schema), *schema["$defs"].items()]
    lines = [
        "# The problem format",
        "",
        "One problem is one YAML 1.2 file, `problems/<chapter>/<slug>.yaml`. Generated from the",
        "model that checks these files; `judge schema` prints the same for editors.",
    ]
    for name, part in parts:
        lines.extend(_section(_heading(name), part))
    return "\n".join(lines) + "\n"


def _section(heading: str, part: Mapping[str, Any]) -> Iterator[str]:
    required = part.get("required", ())
    yield from ("", f"## {heading}", "", part["description"], "")
    yield from ("| key | value | if left out | meaning |", "|---|---|---|---|")
    for key, value in part["properties"].items():
        absent = "required" if key in required else _default(value)
        yield f"| `{key}` | {_kind(value)} | {absent} | {_cell(value['description'])} |"


def _heading(name: str) -> str:
    return {
        "BothLanguages": "A text in both languages",
        "CaseEntry": "A case",
        "LimitsEntry": "Limits",
        "MistakeEntry": "A mistake",
        "RulesEntry": "Rules",
        "ToleranceEntry": "A tolerance",
    }.get(name, name)


def _kind(value: Mapping[str, Any]) -> str:
    if "$ref" in value:
        heading = _heading(value["$ref"].rpartition("/")[2])
        return f"[{heading.lower()}](#{heading.lower().replace(' ', '-')})"
    if "enum" in value:
        return ", ".join(f"`{each}`" for each in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    several = value.get("anyOf") or value.get("oneOf")
    if several:
        return " or ".join(dict.fromkeys(_kind(each) for each in several))
    return _plain_kind(value)


def _plain_kind(value: Mapping[str, Any]) -> str:
    if "format" in value:
        return _FORMATS[value["format"]]
    match value.get("type"):
        case "array":
            return f"list of {_kind(value['items'])}"
        case "object":
            return f"mapping of names to {_kind(value['additionalProperties'])}"
        case "string":
            return "text"
        case kind:
            return f"{kind}{_bounds(value)}"


def _bounds(value: Mapping[str, Any]) -> str:
    words = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤"}
    found = [f"{sign} {value[key]:g}" for key, sign in words.items() if key in value]
    return f" ({', '.join(found)})" if found else ""


def _default(value: Mapping[str, Any]) -> str:
    if "default" not in value or value["default"] in ([], {}):
        return "none"
    if "$ref" in value:
        return "its defaults"
    return f"`{json.dumps(value['default'], ensure_ascii=False)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
