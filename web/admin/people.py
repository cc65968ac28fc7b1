"""Users: looked for, made, and what may be done to one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from judge.domain.lifecycle import Role
from judge.store import LastAdmin, NameTaken, NotThere, directory, membership, passwords
from judge.store.audit import Actor
from judge.store.directory import PAGE, Person, Sought
from web.admin.forms import NewUser
from web.languages import _
from web.security import guard
from web.services import services

blueprint = Blueprint("people", __name__, url_prefix="/users")
LINK_LASTS = timedelta(hours=24)
_BLOCKED = {"yes": True, "no": False}


@blueprint.get("")
@guard.role(Role.ADMIN)
def show() -> str:
    """List users, in the order of their names."""
    return _listed(NewUser())


def _listed(form: NewUser) -> str:
    prefix, role, blocked = (request.args.get(name, "") for name in ("prefix", "role", "blocked"))
    sought = Sought(
        prefix.strip()[:200], Role(role) if role in set(Role) else None, _BLOCKED.get(blocked)
    )
    after = request.args.get("after", "")[:200]
    with services().store.read() as session:
        found = directory.people(session, sought, after=after, limit=PAGE + 1)
    kept: dict[str, Any] = {
        "prefix": prefix or None,
        "role": role or None,
        "blocked": blocked or None,
    }
    return render_template(
        "admin/people.html",
        people=found[:PAGE],
        sought=sought,
        blocked=blocked,
        form=form,
        first=url_for(".show", **kept) if after else None,
        following=url_for(".show", after=found[PAGE - 1].name, **kept)
        if len(found) > PAGE
        else None,
    )


@blueprint.post("")
@guard.role(Role.ADMIN)
def create() -> str:
    """Make a user, and show the one-time password once."""
    form = NewUser()
    if form.validate():
        name, password = form.name.data or "", passwords.one_time_password()
        hashed = passwords.hash_password(password)
        try:
            with services().store.write() as session:
                user = membership.create(
                    session, _actor(), name=name, password_hash=hashed, role=Role(form.role.data)
                )
                number = user.id
        except NameTaken:
            form.form_errors.append(_("This name is taken. Choose another."))
        else:
            return render_template(
                "admin/made.html", name=name, number=number, password=password, role=form.role.data
            )
    return _listed(form)


@blueprint.get("/<int:number>")
@guard.role(Role.ADMIN)
def one(number: int) -> str:
    """Show one user and what may be done."""
    person = _person(number)
    return render_template(
        "admin/person.html",
        person=person,
        subject=membership.subject_of(person.name),
        oneself=person.id == guard.current_user().id,
    )


@blueprint.post("/<int:number>/role")
@guard.role(Role.ADMIN)
def role(number: int) -> Response:
    """Change the role."""
    wanted = request.form.get("role")
    if wanted not in set(Role):
        abort(400)
    person = _person(number)
    try:
        with services().store.write() as session:
            membership.set_role(session, _actor(), person.name, role=Role(wanted))
    except (LastAdmin, NotThere) as exc:
        return _refused(person, exc)
    return _done(person, _("The role is changed."))


@blueprint.post("/<int:number>/block")
@guard.role(Role.ADMIN)
def block(number: int) -> Response:
    """Keep the user out, and sign them out everywhere."""
    person = _person(number)
    try:
        with services().store.write() as session:
            membership.block(session, _actor(), person.name)
    except (LastAdmin, NotThere) as exc:
        return _refused(person, exc)
    return _done(person, _("%(name)s is blocked and signed out everywhere.", name=person.name))


@blueprint.post("/<int:number>/unblock")
@guard.role(Role.ADMIN)
def unblock(number: int) -> Response:
    """Let the user in again."""
    person = _person(number)
    try:
        with services().store.write() as session:
            membership.unblock(session, _actor(), person.name)
    except NotThere as exc:
        return _refused(person, exc)
    return _done(person, _("%(name)s may sign in again.", name=person.name))


@blueprint.post("/<int:number>/sign-out")
@guard.role(Role.ADMIN)
def sign_out(number: int) -> Response:
    """Sign the user out everywhere."""
    person = _person(number)
    try:
        with services().store.write() as session:
            membership.sign_out(session, _actor(), person.name)
    except NotThere as exc:
        return _refused(person, exc)
    return _done(person, _("%(name)s is signed out everywhere.", name=person.name))


@blueprint.post("/<int:number>/reset-link")
@guard.role(Role.ADMIN)
def reset_link(number: int) -> str | Response:
    """Make a link that sets a new password, and show it once."""
    person = _person(number)
    try:
        with services().store.write() as session:
            token = membership.reset_link(session, _actor(), person.name, lasts=LINK_LASTS)
    except NotThere as exc:
        return _refused(person, exc)
    base = services().settings.public_url
    path = url_for("accounts.reset", token=token, _external=not base)
    return render_template(
        "admin/reset_link.html", person=person, link=base + path, lasts_s=LINK_LASTS.total_seconds()
    )


def _actor() -> Actor:
    return Actor.of(guard.current_user())


def _person(number: int) -> Person:
    with services().store.read() as session:
        found = directory.person(session, number)
    if found is None:
        abort(404)
    return found


def _done(person: Person, text: str) -> Response:
    flash(text, "success")
    # Whoever takes their own rights away may not see the page of a user any more.
    if person.id == guard.current_user().id and request.endpoint != "admin.people.unblock":
        return redirect("/")
    return redirect(url_for(".one", number=person.id))


def _refused(person: Person, why: LastAdmin | NotThere) -> Response:
    if isinstance(why, LastAdmin):
        text = _("%(name)s is the only admin: make somebody else one first.", name=person.name)
        flash(text, "error")
        return redirect(url_for(".one", number=person.id))
    flash(_("There is no such user any more."), "error")
    return redirect(url_for(".show"))
