"""Answer what went wrong: a page or JSON, in the reader's language, with nothing of our insides."""

from __future__ import annotations

import logging

from flask import Flask, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    ServiceUnavailable,
    TooManyRequests,
)
from werkzeug.wrappers import Response

from judge.store import DatabaseAway
from web.access import current_id
from web.languages import _
from web.security import limits
from web.security.guard import wants_json

_log = logging.getLogger(__name__)
_RETRY_S = 5


def words(code: int) -> tuple[str, str]:
    """Return a title and a sentence for a status."""
    known = {
        400: (_("That request made no sense"), _("Go back, look at what you sent, and try again.")),
        401: (_("Please sign in"), _("You need to be signed in for this. Your code is kept here.")),
        403: (_("That is not for you"), _("Your account may not open this page.")),
        404: (_("Nothing here"), _("The page may have moved, or never was.")),
        405: (_("That can't be done here"), _("Go back and use the page's own buttons.")),
        413: (_("That is too large"), _("Files of up to 256 kB are judged.")),
        429: (_("A little slower, please"), _("Too many requests in a short time. Wait a moment.")),
        503: (
            _("The judge needs a moment"),
            _("The database can't be reached. Nothing is lost; try again in a few seconds."),
        ),
    }
    return known.get(
        code,
        (_("Something broke on our side"), _("It is our fault, not yours, and it has been noted.")),
    )


def install(app: Flask) -> None:
    """Answer for every error."""

    @app.errorhandler(CSRFError)
    def _stale_form(error: CSRFError) -> tuple[Response | str, int]:
        _log.info(
            "a form was refused (%s): its page was open for long, or the processes of the site do "
            "not have the same JUDGE_SECRET_KEY, or clocks that differ",
            error.description,
        )
        title = _("This page was open too long")
        text = _("Reload it and send the form again. What you typed in the editor is kept.")
        return _answer(400, title, text, code="csrf")

    @app.errorhandler(DatabaseAway)
    def _away(error: DatabaseAway) -> Response:
        _log.warning("%s", error)
        answer = app.make_response(_answer(503, *words(503)))
        answer.headers["Retry-After"] = str(_RETRY_S)
        return answer

    @app.errorhandler(HTTPException)
    def _known(error: HTTPException) -> Response:
        code = error.code or 500
        if error.response is not None or code < 400:  # noqa: PLR2004  a redirect
            return app.make_response(error.get_response())
        answer = app.make_response(_answer(code, *words(code)))
        if code == ServiceUnavailable.code:
            answer.headers["Retry-After"] = str(_RETRY_S)
        if code == TooManyRequests.code:
            answer.headers["Retry-After"] = str(limits.retry_after_s())
        return answer

    @app.errorhandler(Exception)
    def _ours(error: Exception) -> tuple[Response | str, int]:
        _log.error("unexpected: %s", type(error).__name__, exc_info=error)
        return _answer(InternalServerError.code, *words(500))


def _answer(status: int, title: str, text: str, *, code: str = "") -> tuple[Response | str, int]:
    if request.path.startswith("/api/"):
        answer = jsonify(title=title, status=status, detail=text)
        answer.content_type = "application/problem+json"
        return answer, status
    if wants_json():
        said = {"code": code or str(status), "title": title, "text": text}
        return jsonify(error={**said, "request": current_id()}), status
    page = render_template(
        "error.html", status=status, heading=title, text=text, request_id=current_id()
    )
    return page, status
