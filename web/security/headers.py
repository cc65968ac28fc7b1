"""What browsers are told with every answer."""

from __future__ import annotations

import secrets

from flask import Flask, g, request
from werkzeug.wrappers import Response

_POLICY = "; ".join(  # of every page
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def style_nonce() -> str:
    """Return this page's word for the styles that its editor makes for itself, and no other."""
    if not hasattr(g, "style_nonce"):
        g.style_nonce = secrets.token_urlsafe(16)
    return str(g.style_nonce)


def _policy() -> str:
    nonce = getattr(g, "style_nonce", None)
    return _POLICY if nonce is None else f"{_POLICY}; style-src 'self' 'nonce-{nonce}'"


def install(app: Flask, *, https: bool) -> None:
    """Add the headers; no page runs a script or a style that is not a file of this site."""
    app.jinja_env.globals["style_nonce"] = style_nonce

    @app.after_request
    def _add(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", _policy())
        for name, value in _ALWAYS.items():
            answer.headers.setdefault(name, value)
        if https:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static":
            # Pages differ by person, language and theme; none may lie in a shared cache.
            keep = "private, no-store" if getattr(g, "user", None) is not None else "private"
            answer.headers.setdefault("Cache-Control", keep)
        return answer
