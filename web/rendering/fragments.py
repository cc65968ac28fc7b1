"""Parts of pages that are the same for everybody: rendered once for each language."""

from __future__ import annotations

from functools import cache

from flask import Flask
from markupsafe import Markup

from judge.domain.problem import Language
from web.languages import language


def install(app: Flask) -> None:
    """Give templates ``fragment(name)``.

    Such a template sees nothing of the request but its language: what is kept holds nobody's data.
    """

    @cache
    def kept(name: str, _language: Language) -> Markup:
        return Markup(app.jinja_env.get_template(name).render())  # noqa: S704  the template escapes

    app.jinja_env.globals["fragment"] = lambda name: kept(name, language())
