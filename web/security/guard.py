"""Mark each view with who may use it; a test walks all routes and asks for exactly one mark."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g, redirect, request, url_for
from werkzeug.exceptions import BadRequest, Forbidden, Unauthorized

from judge.domain.lifecycle import Role
from judge.store.logins import Visitor

P = ParamSpec("P")
R = TypeVar("R")
MARK = "guarded_by"


def current_user() -> Visitor:
    """Return who is signed in; only for views that insist on it."""
    user: Visitor | None = g.user
    if user is None:
        raise Unauthorized
    return user


def wants_json() -> bool:
    """Tell whether a script asks, not a page."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def sent_object() -> dict[str, Any]:
    """Return the JSON object that a script sent; anything else is refused."""
    found = request.get_json()
    if not isinstance(found, dict):
        raise BadRequest
    return found


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let anybody use a view."""
    setattr(view, MARK, "public")
    return view


def signed_in(view: Callable[P, Any]) -> Callable[P, Any]:
    """Let whoever is signed in use a view; send others to sign in first."""
    return _insisting(view, None)


def role(needed: Role) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Let whoever has at least a role use a view."""
    return lambda view: _insisting(view, needed)


def _insisting(view: Callable[P, Any], needed: Role | None) -> Callable[P, Any]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:  # noqa: ANN401  whatever the view returns
        if g.user is None:
            if wants_json() or request.method != "GET":
                raise Unauthorized
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        if needed is not None and not g.user.rank.may(needed):
            raise Forbidden
        return view(*args, **kwargs)

    setattr(guarded, MARK, "signed_in" if needed is None else needed.value)
    return guarded
