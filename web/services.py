"""What every request of the site uses, built once by the factory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from judge.messaging import Hints
from judge.settings import Settings
from judge.store import Store
from judge.telemetry.metrics import SiteMetrics

_NAME = "tensorjudge"


@dataclass(frozen=True, slots=True)
class Services:
    """The site's collaborators."""

    store: Store
    hints: Hints
    settings: Settings
    metrics: SiteMetrics


def install(services: Services, extensions: dict[str, object]) -> None:
    """Put the services where requests find them."""
    extensions[_NAME] = services


def services() -> Services:
    """Return the services of the application that answers this request."""
    return cast("Services", current_app.extensions[_NAME])
