"""Say whether the site lives, and whether it can serve."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from judge.store import DatabaseAway, workers
from web.security import guard
from web.services import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@guard.public
def live() -> Response:
    """The process answers."""
    return jsonify(ok=True)


@blueprint.get("/readyz")
@guard.public
def ready() -> tuple[Response, int]:
    """The database answers; how many workers are there to judge."""
    try:
        with services().store.read() as session:
            count = len(workers.alive(session))
    except DatabaseAway:
        return jsonify(ok=False, database=False), 503
    return jsonify(ok=True, database=True, workers=count), 200
