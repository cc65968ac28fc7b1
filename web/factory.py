"""Build the site from its settings."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from judge.messaging import Hints, make_app
from judge.settings import Settings
from judge.store import Store
from judge.telemetry.metrics import SiteMetrics
from web import access, health, languages, numbers, preferences, security
from web.accounts import own
from web.accounts import views as accounts
from web.admin import views as admin
from web.api import views as api
from web.course import views as course
from web.progress import views as progress
from web.rendering import fragments, icons
from web.services import Services, install
from web.submissions import views as submissions
from web.templating import Site

MAX_REQUEST_BYTES = 512 << 10
"""A student's file may have 256 kB; the rest is what JSON makes of it."""


def create_app(
    settings: Settings,
    *,
    store: Store | None = None,
    hints: Hints | None = None,
    metrics: SiteMetrics | None = None,
) -> Flask:
    """Return the site.

    Args:
        settings: checked settings.
        store: the database; opened after the settings if None.
        hints: who is told of new submissions; the broker of the settings if None.
        metrics: what counts requests; its own if None, for nobody to see.

    Raises:
        SettingsError: no secret key is set where one has to be.
        UsageError: the database's or the broker's address is not one.
    """
    app = Site("web", template_folder="templates", static_folder="static")
    https = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.key(),
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_REQUEST_BYTES,
        SESSION_COOKIE_NAME="__Host-form" if https else "form",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=1),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
        # A page may stay open over a lesson; its forms should still go through.
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        RATELIMIT_STORAGE_URI=_limits_storage(settings),
    )
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    store = store or Store(settings.database, pool_size=settings.web_threads)
    hints = hints or Hints(make_app(settings.broker_url, folder=settings.broker_folder))
    metrics = metrics or SiteMetrics()
    install(Services(store, hints, settings, metrics), app.extensions)
    access.install(app, metrics, behind_proxy=settings.proxies > 0)
    numbers.install(app)
    languages.install(app)
    icons.install(app)
    fragments.install(app)
    security.install(app, https=https)
    for part in (health, preferences, accounts, own, course, submissions, progress, admin, api):
        app.register_blueprint(part.blueprint)
    return app


def _limits_storage(settings: Settings) -> str:
    # Counted together where there may be several processes of the site.
    broker = settings.broker_url
    return broker if broker.startswith(("redis://", "rediss://")) else "memory://"
