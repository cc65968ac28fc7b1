"""The service at one glance: workers, queues, faults, registration, versions."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, render_template

from judge import __version__
from judge.domain.lifecycle import Role
from judge.store import backlog, loaded, options, rejudging, schema, workers
from web.security import guard
from web.services import services

blueprint = Blueprint("overview", __name__)
_MOST_FAULTS = 5


@blueprint.get("")
@guard.role(Role.ADMIN)
def show() -> str:
    """Show the overview."""
    return render_template("admin/overview.html", **_look())


@blueprint.get("/live")
@guard.role(Role.ADMIN)
def live() -> str:
    """Return what of the overview changes by itself; the page asks for it every few seconds."""
    return render_template("admin/live.html", **_look())


def _look() -> dict[str, object]:
    setting = services().settings.registration
    with services().store.read() as session:
        sights = workers.in_sight(session)
        return {
            "alive": [each for each in sights if each.alive],
            "silent": [each for each in sights if not each.alive],
            "releases": sorted(loaded.torch_releases(session)),
            "queues": backlog.backlog(session),
            "given_up": backlog.given_up(session),
            "faults": rejudging.faults(session, limit=_MOST_FAULTS),
            "mode": options.registration(session, setting=setting),
            "program": __version__,
            "revision": schema.revision_of(session.connection()),
            "head": _head(),
        }


@cache
def _head() -> str:
    return schema.head_revision()
