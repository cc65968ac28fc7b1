"""Forms from elsewhere are refused: Flask-WTF's token, in each form or in a header."""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect

protect = CSRFProtect()


def install(app: Flask) -> None:
    """Ask for the token on every request that changes something."""
    protect.init_app(app)
