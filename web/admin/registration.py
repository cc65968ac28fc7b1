"""Who may register: the mode, and invitations."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from judge.domain.administration import Registration
from judge.domain.lifecycle import Role
from judge.store import NotThere, invitations, options
from judge.store.audit import Actor
from judge.store.invitations import PAGE
from web.admin.forms import NewInvitation
from web.admin.words import MODES_MEAN
from web.languages import _
from web.security import guard
from web.services import services

blueprint = Blueprint("registration", __name__, url_prefix="/registration")
_SETTING = "setting"


@blueprint.get("")
@guard.role(Role.ADMIN)
def show() -> str:
    """Show who may register, and the invitations that are still good."""
    return _shown(NewInvitation())


def _shown(form: NewInvitation) -> str:
    before = request.args.get("before", type=int)
    with services().store.read() as session:
        stored = options.stored_registration(session)
        rows = invitations.good(session, before=before, limit=PAGE + 1)
    setting = Registration(services().settings.registration)
    return render_template(
        "admin/registration.html",
        stored=stored,
        setting=setting,
        mode=stored or setting,
        meanings=MODES_MEAN,
        rows=rows[:PAGE],
        form=form,
        newer=url_for(".show") if before else None,
        older=url_for(".show", before=rows[PAGE - 1].id) if len(rows) > PAGE else None,
    )


@blueprint.post("/mode")
@guard.role(Role.ADMIN)
def set_mode() -> Response:
    """Change who may register, or let the setting hold again."""
    chosen = request.form.get("mode", "")
    if chosen != _SETTING and chosen not in set(Registration):
        abort(400)
    mode = None if chosen == _SETTING else Registration(chosen)
    with services().store.write() as session:
        changed = options.set_registration(session, Actor.of(guard.current_user()), mode)
    if changed:
        flash(_("Changed: it holds from now on."), "success")
    else:
        flash(_("Nothing to change: it was like that already."), "info")
    return redirect(url_for(".show"))


@blueprint.post("/invitations")
@guard.role(Role.ADMIN)
def invite() -> str:
    """Make an invitation, and show its code once."""
    form = NewInvitation()
    if not form.validate():
        return _shown(form)
    with services().store.write() as session:
        code = invitations.invite(
            session,
            Actor.of(guard.current_user()),
            uses=form.uses.data or 1,
            lasts=timedelta(days=form.days.data or 1),
            role=Role(form.role.data),
            label=(form.label.data or "").strip(),
        )
    return render_template("admin/invitation.html", code=code, form=form)


@blueprint.post("/invitations/<int:number>/withdraw")
@guard.role(Role.ADMIN)
def withdraw(number: int) -> Response:
    """Take an invitation back."""
    try:
        with services().store.write() as session:
            invitations.withdraw(session, Actor.of(guard.current_user()), number)
    except NotThere:
        flash(_("That invitation is gone already."), "info")
    else:
        flash(_("The invitation is withdrawn. Accounts made with it stay."), "success")
    return redirect(url_for(".show"))
