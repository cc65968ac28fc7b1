"""All pages of the admin as one part of the site."""

from __future__ import annotations

from flask import Blueprint

from web.admin import faults, log, overview, people, problems, registration, settings, words

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
blueprint.context_processor(lambda: words.NAMES)
for _part in (overview, faults, people, registration, problems, settings, log):
    blueprint.register_blueprint(_part.blueprint)
