"""The Flask side: pages, forms, JSON. It runs nobody's code."""

from web.factory import create_app

__all__ = ["create_app"]
