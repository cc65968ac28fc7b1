"""Register, sign in and out, set a new password."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from judge.domain.administration import Registration
from judge.domain.lifecycle import Role
from judge.store import NameTaken, logins, options, passwords, users
from judge.store.accounts import User
from web.accounts import mail
from web.accounts.forms import Forgotten, Register, Reset, SignIn
from web.languages import _, language
from web.preferences import back
from web.security import guard, limits, signins
from web.services import services

blueprint = Blueprint("accounts", __name__)
LINK_LASTS = timedelta(hours=2)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guard.public
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"])
@limits.limiter.limit(limits.SIGN_IN_NAMED, key_func=limits.named, methods=["POST"])
def sign_in() -> str | Response:
    """Sign in; the answer does not tell an unknown name from a wrong password."""
    form = SignIn()
    if form.validate_on_submit():
        user = _known(form.name.data or "", form.password.data or "")
        if user is not None:
            return signins.start(redirect(back()), user)
        form.form_errors.append(_("Name or password is wrong."))
    may_register = _mode() is not Registration.CLOSED
    return render_template(
        "accounts/sign_in.html", form=form, next=back(), may_register=may_register
    )


def _known(name: str, password: str) -> User | None:
    store = services().store
    with store.read() as session:
        user = users.find(session, name)
    if not passwords.verify_password(user.password_hash if user else None, password):
        return None
    if user is None or user.blocked:
        return None
    if passwords.needs_rehash(user.password_hash):
        with store.write() as session:
            users.change(session, user.id, password_hash=passwords.hash_password(password))
    return user


@blueprint.post("/sign-out")
@guard.public
def sign_out() -> Response:
    """Sign out."""
    return signins.end(redirect("/"))


@blueprint.route("/register", methods=["GET", "POST"])
@guard.public
@limits.limiter.limit(limits.REGISTER, methods=["POST"])
def register() -> str | Response:
    """Make an account, where that is open or there is an invitation."""
    mode = _mode()
    if mode is Registration.CLOSED:
        abort(404)
    if g.user is not None:
        return redirect("/")
    form = Register()
    if mode is Registration.OPEN:
        del form.invitation
    if form.validate_on_submit():
        made = _registered(form)
        if made is not None:
            flash(_("Welcome! Your account is made."), "success")
            return signins.start(redirect(back()), made)
    return render_template("accounts/register.html", form=form, next=back())


def _mode() -> Registration:
    # Asked each time, by the key of a small table: what an admin changes holds at once, everywhere.
    with services().store.read() as session:
        return options.registration(session, setting=services().settings.registration)


def _registered(form: Register) -> User | None:
    hashed = passwords.hash_password(form.password.data or "")
    role = Role.STUDENT
    try:
        with services().store.write() as session:
            if form.invitation is not None:
                given = logins.use_invitation(session, (form.invitation.data or "").strip())
                if given is None:
                    form.form_errors.append(_("This invitation is not known, used up or too old."))
                    return None
                role = given
            return users.create(
                session,
                name=form.name.data or "",
                password_hash=hashed,
                role=role,
                email=form.email.data or None,
                language=language().value,
            )
    except NameTaken:
        form.form_errors.append(_("This name is taken. Choose another."))
        return None


@blueprint.route("/forgotten", methods=["GET", "POST"])
@guard.public
@limits.limiter.limit(limits.RESET, methods=["POST"])
def forgotten() -> str | Response:
    """Send a link for a new password; the answer is the same whether there is an account."""
    form = Forgotten()
    by_mail = mail.is_configured(services().settings)
    if by_mail and form.validate_on_submit():
        with services().store.write() as session:
            user = users.find(session, form.name.data or "")
            token = None
            if user is not None and user.email and not user.blocked:
                token = logins.reset_link(session, user.id, lasts=LINK_LASTS)
        if user is not None and user.email and token is not None:
            link = services().settings.public_url + url_for("accounts.reset", token=token)
            mail.send_later(services().settings, user.email, **mail.reset_words(link))
        flash(
            _("If there is such an account with an e-mail address, a link is on its way."), "info"
        )
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/forgotten.html", form=form, by_mail=by_mail)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@guard.public
@limits.limiter.limit(limits.RESET)
def reset(token: str) -> str | Response:
    """Set a new password by a one-time link."""
    form = Reset()
    with services().store.read() as session:
        user = logins.find_reset(session, token)
    if user is None:
        flash(_("This link is used up or too old. Ask for another."), "error")
        return redirect(url_for("accounts.sign_in"))
    if form.validate_on_submit():
        with services().store.write() as session:
            users.set_password(session, user.id, passwords.hash_password(form.password.data or ""))
        flash(_("The new password holds. You are signed out everywhere else."), "success")
        return signins.start(redirect("/"), user)
    return render_template("accounts/reset.html", form=form)
