"""The table of the API: which view answers where, with what; the document is made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint
from pydantic import BaseModel

from judge import __version__
from web.api.guard import token
from web.api.schema import Problem
from web.security.csrf import protect

PREFIX = "/api/v1"
_SCHEMAS = "#/components/schemas/{model}"
_ANYWHERE = {
    401: "No valid token",
    503: "The database can't be reached; `Retry-After` says when to ask again",
}
"""Errors of every operation."""


@dataclass(frozen=True, slots=True)
class Route:
    """One operation; ``errors`` are those that it has beside everybody's, by status."""

    method: str
    path: str
    summary: str
    sends: type[BaseModel]
    takes: type[BaseModel] | None
    query: dict[str, str]
    status: int
    errors: Mapping[int, str] = field(default_factory=dict)


class Api:
    """A blueprint that remembers what it is made of."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.routes: list[Route] = []

    def route(self, route: Route) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a view under a token's guard."""

        def register(view: Callable[..., Any]) -> Callable[..., Any]:
            self.routes.append(route)
            guarded = protect.exempt(token(view))
            self.blueprint.add_url_rule(
                route.path, view.__name__, guarded, methods=[route.method.upper()]
            )
            return view

        return register

    def document(self) -> dict[str, Any]:
        """Return the OpenAPI document."""
        models: dict[str, Any] = {}
        paths: dict[str, Any] = {}
        for route in self.routes:
            path = PREFIX + route.path.replace("<path:", "{").replace("<int:", "{").replace(
                ">", "}"
            )
            paths.setdefault(path, {})[route.method] = _operation(route, models)
        return {
            "openapi": "3.1.0",
            "info": {"title": "TensorJudge", "version": __version__},
            "security": [{"token": []}],
            "paths": paths,
            "components": {
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
                "schemas": models,
            },
        }


def _operation(route: Route, models: dict[str, Any]) -> dict[str, Any]:
    names = [part[1:-1].split(":") for part in route.path.split("/") if part.startswith("<")]
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if kind == "int" else "string"},
        }
        for kind, name in names
    ]
    parameters += [
        {"name": name, "in": "query", "description": words, "schema": {"type": "string"}}
        for name, words in route.query.items()
    ]
    errors = {**_ANYWHERE, **route.errors}
    found: dict[str, Any] = {
        "summary": route.summary,
        "responses": {
            str(route.status): _content(route.sends, models, "What was asked for"),
            **{str(status): _error(words, models) for status, words in sorted(errors.items())},
            "default": _error("Any other error", models),
        },
    }
    if parameters:
        found["parameters"] = parameters
    if route.takes is not None:
        found["requestBody"] = {"required": True, **_content(route.takes, models, "")}
        del found["requestBody"]["description"]
    return found


def _error(words: str, models: dict[str, Any]) -> dict[str, Any]:
    return _content(Problem, models, words, kind="application/problem+json")


def _content(
    model: type[BaseModel], models: dict[str, Any], words: str, *, kind: str = "application/json"
) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template=_SCHEMAS)
    models |= schema.pop("$defs", {})
    models[model.__name__] = schema
    return {
        "description": words,
        "content": {kind: {"schema": {"$ref": _SCHEMAS.format(model=model.__name__)}}},
    }
