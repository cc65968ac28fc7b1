"""One's own account: password, sign-ins, tokens, data, and its end."""

from __future__ import annotations

import json

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response as Answer

from judge.store import LastAdmin, logins, membership, passwords, personal, users
from judge.store.accounts import User
from judge.store.logins import MOST_TOKENS
from web.accounts.devices import device_name
from web.accounts.forms import ChangePassword, Delete, NewToken, Profile
from web.languages import _
from web.rendering.text import visible
from web.security import guard, limits, signins
from web.services import services

blueprint = Blueprint("own", __name__, url_prefix="/account")


def _account() -> User:
    """Return one's own row, with what no other page needs."""
    with services().store.read() as session:
        found = users.get(session, guard.current_user().id)
    if found is None:  # deleted a moment ago
        raise Unauthorized
    return found


@blueprint.get("")
@guard.signed_in
def show() -> str:
    """Show everything about one's account."""
    user = _account()
    with services().store.read() as session:
        devices = logins.logins_of(session, user.id)
        tokens = logins.tokens_of(session, user.id)
    return render_template(
        "accounts/own.html",
        user=user,
        devices=devices,
        this_login=g.login_id,
        tokens=tokens,
        device_name=device_name,
        visible=visible,
        profile=Profile(obj=user),
        password=ChangePassword(),
        token=NewToken(),
        delete=Delete(prefix="delete-"),
    )


def _back(text: str, category: str = "success") -> Answer:
    flash(text, category)
    return redirect(url_for("own.show"))


@blueprint.post("/profile")
@guard.signed_in
def profile() -> Answer:
    """Change address and ranking."""
    form = Profile()
    if not form.validate():
        return _back(_("That e-mail address is not one."), "error")
    with services().store.write() as session:
        users.change(
            session,
            guard.current_user().id,
            email=form.email.data or None,
            in_ranking=bool(form.in_ranking.data),
        )
    return _back(_("Saved."))


@blueprint.post("/password")
@guard.signed_in
@limits.limiter.limit(limits.SIGN_IN, key_func=limits.who)
def password() -> Answer:
    """Change the password, and sign out everywhere else."""
    user, form = _account(), ChangePassword()
    if not passwords.verify_password(user.password_hash, form.current.data or ""):
        return _back(_("The current password is wrong."), "error")
    if not form.validate():
        return _back(" ".join(str(each) for each in form.password.errors), "error")
    with services().store.write() as session:
        hashed = passwords.hash_password(form.password.data or "")
        users.set_password(session, user.id, hashed, keep_login=g.login_id)
    return _back(_("The new password holds. You are signed out everywhere else."))


@blueprint.post("/sign-ins/<int:number>/revoke")
@guard.signed_in
def revoke_login(number: int) -> Answer:
    """Sign one browser out."""
    with services().store.write() as session:
        logins.revoke(session, guard.current_user().id, number)
    return _back(_("Signed out there."))


@blueprint.post("/tokens")
@guard.signed_in
def new_token() -> Answer | str:
    """Make a personal token, and show it once."""
    form = NewToken()
    if not form.validate():
        return _back(_("Say what the token is for."), "error")
    with services().store.write() as session:
        made = logins.new_api_token(session, guard.current_user().id, label=form.label.data or "")
    if made is None:
        return _back(_("There are %(most)s tokens already.", most=MOST_TOKENS), "error")
    return render_template("accounts/token.html", token=made)


@blueprint.post("/tokens/<int:number>/revoke")
@guard.signed_in
def revoke_token(number: int) -> Answer:
    """End a token."""
    with services().store.write() as session:
        logins.revoke_token(session, guard.current_user().id, number)
    return _back(_("The token is gone."))


@blueprint.get("/export")
@guard.signed_in
@limits.limiter.limit(limits.RESET, key_func=limits.who)
def export() -> Response:
    """Send everything that is kept about the user."""
    user = _account()
    with services().store.read() as session:
        found = personal.export(session, user)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="tensorjudge.json"'}
    return Response(text, mimetype="application/json", headers=headers)


@blueprint.post("/delete")
@guard.signed_in
@limits.limiter.limit(limits.SIGN_IN, key_func=limits.who)
def delete() -> Answer:
    """Delete the account and what was written with it."""
    user, form = _account(), Delete(prefix="delete-")
    if not passwords.verify_password(user.password_hash, form.current.data or ""):
        return _back(_("The current password is wrong."), "error")
    try:
        with services().store.write() as session:
            membership.leave(session, user)
    except LastAdmin:
        return _back(_("You are the only admin. Make somebody else one before you leave."), "error")
    g.login_id = None
    flash(_("Your account and your code are deleted."), "info")
    return signins.end(redirect("/"))
