"""Give every request an id, and note what came of it: one line, one count, one time."""

from __future__ import annotations

import logging
import time

from flask import Flask, g, has_request_context, request
from werkzeug.wrappers import Response

from judge.telemetry import following
from judge.telemetry.metrics import SiteMetrics, method_label

HEADER = "X-Request-ID"
_log = logging.getLogger(__name__)
_UNREMARKABLE = frozenset({"static", "health.live", "health.ready", "admin.overview.live"})
"""Asked for all the time, by pages that are open and by monitors."""


def install(app: Flask, metrics: SiteMetrics, *, behind_proxy: bool) -> None:
    """Watch every request; installed before anything else, so that it begins first and ends last.

    Args:
        app: the site.
        metrics: counts.
        behind_proxy: whether a request's id may come from before the site.
    """

    @app.before_request
    def _begin() -> None:
        # The thread may have answered somebody else before.
        following.forget()
        g.started_at = time.perf_counter()
        given = following.request_id(request.headers.get(HEADER)) if behind_proxy else None
        g.request_id = given or following.new_request_id()
        following.bind(request=g.request_id)

    @app.after_request
    def _end(answer: Response) -> Response:
        seconds = time.perf_counter() - g.started_at
        # The rule, never the path: that may hold a secret, or anything at all.
        route = request.url_rule.rule if request.url_rule is not None else None
        metrics.request(
            method=request.method, route=route, status=answer.status_code, seconds=seconds
        )
        user = getattr(g, "user", None)
        said = {
            "method": method_label(request.method),
            "route": route,
            "status": answer.status_code,
            "duration_ms": round(seconds * 1e3, 1),
            "user": None if user is None else user.id,
        }
        level = logging.DEBUG if request.endpoint in _UNREMARKABLE else logging.INFO
        _log.log(level, "answered", extra=said)
        answer.headers[HEADER] = g.request_id
        return answer

    @app.teardown_request
    def _over(error: BaseException | None) -> None:
        del error
        following.forget()


def current_id() -> str:
    """Return the id of the request that is being answered."""
    return str(getattr(g, "request_id", "")) if has_request_context() else ""
