"""The settings in force, as this process read them at its start."""

from __future__ import annotations

from flask import Blueprint, render_template

from judge.domain.lifecycle import Role
from judge.settings import in_force
from web.security import guard
from web.services import services

blueprint = Blueprint("settings", __name__, url_prefix="/settings")


@blueprint.get("")
@guard.role(Role.ADMIN)
def show() -> str:
    """Show each setting, its value and where it is from; of secrets only whether they are set."""
    return render_template("admin/settings.html", lines=in_force(services().settings))
