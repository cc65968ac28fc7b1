"""The audit log: every act with rights."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from judge.domain.administration import Act
from judge.domain.lifecycle import Role
from judge.store import audit
from judge.store.audit import PAGE, Wanted
from web.security import guard
from web.services import services

blueprint = Blueprint("log", __name__, url_prefix="/audit")


@blueprint.get("")
@guard.role(Role.ADMIN)
def show() -> str:
    """Show entries, newest first."""
    act, actor, subject = (
        request.args.get(name, "").strip()[:200] for name in ("act", "actor", "subject")
    )
    before = request.args.get("before", type=int)
    wanted = Wanted(actor or None, Act(act) if act in set(Act) else None, subject or None)
    with services().store.read() as session:
        found = audit.entries(session, wanted, before=before, limit=PAGE + 1)
    kept: dict[str, Any] = {"act": wanted.act, "actor": wanted.actor, "subject": wanted.subject}
    return render_template(
        "admin/log.html",
        entries=found[:PAGE],
        wanted=wanted,
        acts=list(Act),
        newer=url_for(".show", **kept) if before else None,
        older=url_for(".show", before=found[PAGE - 1].id, **kept) if len(found) > PAGE else None,
    )
