"""Sign-ins: a random secret in a cookie, its hash in the database, revocable at any time."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from flask import Flask, g, request
from werkzeug.wrappers import Response

from judge.store import DatabaseAway, logins
from judge.store.accounts import User
from web.services import services

_LONGEST = timedelta(days=90)
"""After so long one signs in anew, however often the site is used."""


def cookie_name() -> str:
    """Return the cookie's name; the prefix makes browsers insist on HTTPS and this very host."""
    return "__Host-login" if _https() else "login"


def _https() -> bool:
    return services().settings.public_url.startswith("https://")


def lasts() -> timedelta:
    """Return how long a sign-in lasts unused."""
    return timedelta(days=services().settings.session_days)


def install(app: Flask) -> None:
    """Find out before each request who is asking."""

    @app.before_request
    def _who() -> None:
        g.user = None
        g.login_id = None
        token = request.cookies.get(cookie_name())
        if not token or request.endpoint == "static" or request.path.startswith("/api/"):
            return
        store = services().store
        with store.look() as connection:
            found = logins.login_of(connection, token)
        if found is None:
            return
        g.user, g.login_id = found.user, found.login_id
        if found.stale:
            # A database that can be read and not written, on a full disk, still shows its pages.
            with suppress(DatabaseAway), store.write() as session:
                logins.touch(session, found.login_id, lasts=lasts(), longest=_LONGEST)

    @app.context_processor
    def _current() -> dict[str, object]:
        return {"current_user": getattr(g, "user", None)}


def start(answer: Response, user: User) -> Response:
    """Sign a user in: a fresh secret, whatever the browser had before."""
    with services().store.write() as session:
        if g.login_id is not None:
            logins.revoke(session, g.user.id, g.login_id)
        device = request.user_agent.string[:120]
        token = logins.sign_in(session, user, device=device, lasts=lasts())
    answer.set_cookie(
        cookie_name(),
        token,
        max_age=_LONGEST,
        httponly=True,
        secure=_https(),
        samesite="Lax",
        path="/",
    )
    return answer


def end(answer: Response) -> Response:
    """Sign out."""
    if g.login_id is not None:
        with services().store.write() as session:
            logins.revoke(session, g.user.id, g.login_id)
    answer.delete_cookie(cookie_name(), httponly=True, secure=_https(), samesite="Lax", path="/")
    return answer
