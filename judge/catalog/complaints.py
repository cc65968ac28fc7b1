"""Word pydantic's errors for instructors, and put each at its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from judge.catalog.diagnostics import Diagnostic, Spot, nearest, short
from judge.catalog.fields import shown
from judge.catalog.schema import json_schema_of
from judge.catalog.tree import Route, Tree

Model = TypeVar("Model", bound=BaseModel)

_LANGUAGES = {"zh": "Chinese", "en": "English"}
_IN_BOTH = "given in both languages, {zh: …, en: …}"

_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping (`key: value`)",
    "model_type": "a mapping (`key: value`)",
}

_BOUNDS = {
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be at most {le:g}",
    "too_short": "must have at least one item",
    "string_too_short": "must not be empty: write the text, or leave out the key",
    "finite_number": "must be a finite number",
    "author": "{problem}",
}

_NUMBER = re.compile(r"[-+]?[0-9.]{1,20}(e[-+]?[0-9]{1,3})?")
_BOOLEAN_WORDS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false"}


def validated(tree: Tree, model: type[Model]) -> tuple[Model | None, tuple[Diagnostic, ...]]:
    """Return the model of a file, or None with everything that keeps it from being one."""
    try:
        return model.model_validate(tree.root), ()
    except ValidationError as exc:
        schema = json_schema_of(model)
        errors = exc.errors(include_url=False)
        found = [_complaint(each, tree, schema) for each in errors if not _is_noise(each, tree)]
        return None, tuple(found)


def label(route: Route) -> str:
    """Name a value for people: item 2 of `args`, `zh` of `title`."""
    parts: list[str] = []
    for step in reversed(route):
        parts.append(f"item {step + 1}" if isinstance(step, int) else f"`{short(step)}`")
        if isinstance(step, str) and step not in _LANGUAGES:
            break
    return " of ".join(parts) or "the file"


def _is_noise(error: ErrorDetails, tree: Tree) -> bool:
    return tree.is_broken(tree.known(error["loc"]))


def _complaint(error: ErrorDetails, tree: Tree, schema: Mapping[str, Any]) -> Diagnostic:
    route = tree.known(error["loc"])
    match error["type"]:
        case "missing":
            return tree.diagnose(tree.at(route), _missing(str(error["loc"][-1]), route))
        case "extra_forbidden":
            return _unknown_key(tree, route, schema)
        case kind if kind in _WANTED:
            problem, meant = _wrong_type(error)
            return tree.diagnose(tree.at(route), f"{label(route)} {problem}", suggestion=meant)
        case _:
            return _refused(error, tree, route)


def _missing(key: str, route: Route) -> str:
    if key in _LANGUAGES and route:
        return f"{label(route)} has no {_LANGUAGES[key]} text: add `{key}:`"
    return f"the key `{key}` is missing" + (f" in {label(route)}" if route else "")


def _unknown_key(tree: Tree, route: Route, schema: Mapping[str, Any]) -> Diagnostic:
    known = list(_keys_at(route[:-1], schema))
    key = str(route[-1])
    meant = nearest(key, known)
    rest = "" if meant else f"; the keys here are {', '.join(known)}"
    return tree.diagnose(tree.at_key(route), f"unknown key `{short(key)}`{rest}", suggestion=meant)


def _wrong_type(error: ErrorDetails) -> tuple[str, str | None]:
    kind, value = error["type"], error["input"]
    wanted = _WANTED[kind]
    if error.get("ctx", {}).get("class_name") == "BothLanguages":
        wanted = _IN_BOTH
    but = f"must be {wanted}, but is {shown(value)}"
    match kind, value:
        case "string_type", bool() | int() | float():
            return f"{but}: put it in quotes", None
        case "bool_type", str():
            return _not_boolean(value, but)
        case (("int_type" | "float_type"), str()) if _NUMBER.fullmatch(value):
            return f"{but}: leave out the quotes", value
        case "list_type", str():
            return f"{but}: put it in brackets, or after `- `", None
        case _:
            return but, None


def _not_boolean(value: str, but: str) -> tuple[str, str | None]:
    meant = _BOOLEAN_WORDS.get(value.lower())
    return (f"{but}: in YAML 1.2 only true and false are booleans" if meant else but), meant


def _refused(error: ErrorDetails, tree: Tree, route: Route) -> Diagnostic:
    context: dict[str, Any] = error.get("ctx", {})
    wording = _BOUNDS.get(error["type"])
    problem = wording.format(**context) if wording else error["msg"]
    inner = context.get("spot")
    if error["loc"][-1:] == ("[key]",):
        spot = tree.at_key(route)
    else:
        spot = tree.inside(route, inner) if isinstance(inner, Spot) else tree.at(route)
    return tree.diagnose(spot, f"{label(route)} {problem}", suggestion=context.get("suggestion"))


def _keys_at(route: Route, schema: Mapping[str, Any]) -> Iterator[str]:
    nodes = list(_alternatives(schema, schema))
    for step in route:
        below = [_child(node, step) for node in nodes]
        nodes = [each for node in below if node for each in _alternatives(node, schema)]
    for node in nodes:
        yield from node.get("properties", ())


def _child(node: Mapping[str, Any], step: str | int) -> Mapping[str, Any] | None:
    found = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
    return found if isinstance(found, Mapping) else None


def _alternatives(
    node: Mapping[str, Any], schema: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        yield from _alternatives(schema["$defs"][name], schema)
        return
    inner = [*node.get("anyOf", ()), *node.get("oneOf", ())]
    for each in inner:
        yield from _alternatives(each, schema)
    if not inner:
        yield node
