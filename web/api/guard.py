"""Let programs in by their tokens; cookies count for nothing here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, g, jsonify, request

from judge.store import logins
from web.api.schema import Problem
from web.security.guard import MARK
from web.services import services

P = ParamSpec("P")


def failed(status: int, title: str, detail: str) -> Response:
    """Return an error as RFC 9457 has it."""
    answer = jsonify(Problem(title=title, status=status, detail=detail).model_dump())
    answer.status_code = status
    answer.content_type = "application/problem+json"
    return answer


def token(view: Callable[P, Any]) -> Callable[P, Any]:
    """Insist on a personal token."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:  # noqa: ANN401  whatever the view returns
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        user = None
        if kind.lower() == "bearer" and secret.strip():
            with services().store.look() as connection:
                user = logins.user_of_token(connection, secret.strip())
        if user is None:
            answer = failed(
                401,
                "No valid token",
                "Send the header `Authorization: Bearer TOKEN`; "
                "tokens are made on the account's page.",
            )
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        g.user = user
        return view(*args, **kwargs)

    setattr(guarded, MARK, "token")
    return guarded
