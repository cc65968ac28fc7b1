"""Who may do what, and what browsers are told to refuse."""

from __future__ import annotations

from flask import Flask

from web.security import csrf, failures, headers, limits, signins


def install(app: Flask, *, https: bool) -> None:
    """Put every guard before the site."""
    signins.install(app)
    csrf.install(app)
    limits.install(app)
    headers.install(app, https=https)
    failures.install(app)
