"""Choose language and theme: kept in a cookie, and the language in the account too."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from judge.domain.problem import Language
from judge.store import users
from web.languages import COOKIE
from web.security import guard
from web.services import services

blueprint = Blueprint("preferences", __name__)
_YEAR = timedelta(days=365)
THEMES = ("light", "dark", "auto")


@blueprint.post("/language")
@guard.public
def set_language() -> Response:
    """Remember a language."""
    answer = redirect(back())
    chosen = request.form.get("language")
    if chosen in set(Language):
        _remember(answer, COOKIE, chosen)
        if g.user is not None:
            with services().store.write() as session:
                users.change(session, g.user.id, language=chosen)
    return answer


@blueprint.post("/theme")
@guard.public
def set_theme() -> Response:
    """Remember a theme."""
    answer = redirect(back())
    chosen = request.form.get("theme")
    if chosen in THEMES:
        _remember(answer, "theme", chosen)
    return answer


def back() -> str:
    """Return the page of this site that a form named, or the front page."""
    wanted = request.form.get("next") or request.args.get("next") or "/"
    parts = urlsplit(wanted)
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    clean = not parts.scheme and not parts.netloc and wanted.isprintable()
    return wanted if inside and clean else "/"


def _remember(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=_YEAR,
        samesite="Lax",
        secure=request.is_secure,
        httponly=name != "theme",
    )
