"""``python -m web``: the site, until it is told to stop."""

from __future__ import annotations

import logging
import sys
from typing import Any

from flask import Flask
from gunicorn import glogging
from gunicorn.app.base import BaseApplication

from judge import __version__
from judge.errors import JudgeError
from judge.settings import Settings, SettingsError, read_settings
from judge.store import DatabaseAway, Store, schema
from judge.telemetry import logs
from judge.telemetry.endpoint import Endpoint
from judge.telemetry.metrics import SiteMetrics
from web import monitoring
from web.factory import create_app

_log = logging.getLogger("web.main")
_GRACE_S = 10
_PATIENCE_S = 60.0
"""How long a database that is away at start is waited for."""
AWAY = 75
"""The exit code of whoever gives up waiting: started again later, it may work (EX_TEMPFAIL)."""


class Words(glogging.Logger):
    """Gunicorn's words, said through our formatter."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401  as the base class says
        """Let the root's handler say what there is to say."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True


class Site(BaseApplication):
    """Gunicorn around one application: one process, many threads."""

    def __init__(self, app: Flask, settings: Settings, endpoint: Endpoint | None) -> None:
        self._app = app
        self._settings = settings
        self._endpoint = endpoint
        super().__init__()

    def load_config(self) -> None:
        """Set what the settings say."""
        for name, value in {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "worker_class": "gthread",
            "threads": self._settings.web_threads,
            "workers": 1,
            "graceful_timeout": _GRACE_S,
            # Waiting for a verdict takes a second; a request that takes a minute hangs.
            "timeout": 60,
            "keepalive": 15,
            "loglevel": "warning",
            "logger_class": Words,
            "post_worker_init": self._forked,
            "proc_name": "tensorjudge-web",
            # In memory: a slow disk must not make a healthy process look dead.
            # Nobody steers it while it runs, and its files may be read-only.
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm",  # noqa: S108
        }.items():
            self.cfg.set(name, value)

    def _forked(self, worker: object) -> None:
        """Serve health and metrics from the process that answers requests: it has the numbers."""
        del worker
        if self._endpoint is not None:
            self._endpoint.start()

    def load(self) -> Any:  # noqa: ANN401  as the base class says
        """Return the application."""
        return self._app


def main() -> int:
    """Serve; return the exit code."""
    try:
        settings = read_settings()
        logs.configure(
            "site",
            style=settings.log_format,
            level=settings.log_level,
            secrets=(*settings.secrets, settings.key()),
        )
        store = Store(settings.database, pool_size=settings.web_threads)
        schema.wait_until_current(store, patience_s=_PATIENCE_S, say=_log.warning)
        # Connections are not taken through gunicorn's fork.
        store.close()
        metrics = SiteMetrics(version=__version__)
        endpoint = monitoring.listen(settings, store, metrics)
        app = create_app(settings, metrics=metrics)
    except SettingsError as exc:
        print(f"web: {exc}", file=sys.stderr)  # noqa: T201  it may be how to log
        return 2
    except JudgeError as exc:
        _log.critical("%s", exc)
        return AWAY if isinstance(exc, DatabaseAway) else 2
    said = {"threads": settings.web_threads}
    _log.info("listening on %s:%d", settings.host, settings.port, extra=said)
    Site(app, settings, endpoint).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
