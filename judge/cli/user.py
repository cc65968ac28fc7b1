"""``judge user``: make users, change their roles and passwords, sign them out, block them."""

from __future__ import annotations

from datetime import timedelta

import click

from judge.cli.options import json_option, print_json, settings
from judge.cli.service import open_store
from judge.domain.lifecycle import Role
from judge.errors import UsageError
from judge.store import Store, invitations, logins, passwords, users
from judge.store.accounts import User
from judge.store.audit import COMMAND_LINE

_role = click.Choice([each.value for each in Role])


@click.group("user")
def command() -> None:
    """Users: made, listed, changed."""


def add_user(store: Store, name: str, role: Role) -> str:
    """Make a user; return the one-time password.

    Raises:
        NameTaken: there is one of that name.
    """
    password = passwords.one_time_password()
    with store.write() as session:
        users.create(session, name=name, password_hash=passwords.hash_password(password), role=role)
    return password


def _tell(as_json: bool, text: str, **values: object) -> None:  # noqa: FBT001  an option's name
    if as_json:
        print_json(values)
    else:
        click.echo(text)


def _found(store: Store, name: str) -> User:
    with store.read() as session:
        user = users.find(session, name)
    if user is None:
        raise UsageError(f"there is no user {name!r}")
    return user


@command.command("add")
@click.argument("name")
@click.option("--role", type=_role, default=Role.STUDENT.value, show_default=True)
@json_option
def add(name: str, *, role: str, as_json: bool) -> None:
    """Make a user; prints a password once, to be changed after the first sign-in."""
    password = add_user(open_store(settings()), name, Role(role))
    _tell(as_json, f"{name}: {password}", name=name, role=role, password=password)


@command.command("list")
@json_option
def listed(*, as_json: bool) -> None:
    """List the users."""
    store = open_store(settings())
    lines, after = [], 0
    while True:
        with store.read() as session:
            page = users.listed(session, after=after)
        if not page:
            break
        after = page[-1].id
        lines += [
            {"name": each.name, "role": each.role, "blocked": each.blocked, "id": each.id}
            for each in page
        ]
    if as_json:
        print_json({"users": lines})
        return
    for line in lines:
        click.echo(f"{line['role']:12} {line['name']}{'  (blocked)' if line['blocked'] else ''}")


@command.command("role")
@click.argument("name")
@click.argument("role", type=_role)
@json_option
def role(name: str, role: str, *, as_json: bool) -> None:
    """Change a user's role."""
    store = open_store(settings())
    user = _found(store, name)
    with store.write() as session:
        users.change(session, user.id, role=role)
    _tell(as_json, f"{user.name} is {role} now", name=user.name, role=role)


@command.command("reset-link")
@click.argument("name")
@click.option("--hours", type=click.IntRange(1, 168), default=24, show_default=True)
@json_option
def reset_link(name: str, *, hours: int, as_json: bool) -> None:
    """Make a link by which a user sets a new password, once."""
    chosen = settings()
    store = open_store(chosen)
    user = _found(store, name)
    with store.write() as session:
        token = logins.reset_link(session, user.id, lasts=timedelta(hours=hours))
    base = chosen.public_url or f"http://{chosen.host}:{chosen.port}"
    link = f"{base}/reset/{token}"
    _tell(as_json, link, name=user.name, link=link, hours=hours)


@command.command("invite")
@click.option("--uses", type=click.IntRange(1, 10000), default=1, show_default=True)
@click.option("--days", type=click.IntRange(1, 365), default=14, show_default=True)
@click.option("--role", type=_role, default=Role.STUDENT.value, show_default=True)
@json_option
def invite(*, uses: int, days: int, role: str, as_json: bool) -> None:
    """Make an invitation, for where registration needs one."""
    with open_store(settings()).write() as session:
        code = invitations.invite(
            session, COMMAND_LINE, uses=uses, lasts=timedelta(days=days), role=Role(role)
        )
    _tell(as_json, code, code=code, uses=uses, days=days, role=role)


@command.command("block")
@click.argument("name")
@click.option("--undo", is_flag=True, help="Let the user in again.")
@json_option
def block(name: str, *, undo: bool, as_json: bool) -> None:
    """Keep a user out, and sign them out everywhere."""
    store = open_store(settings())
    user = _found(store, name)
    with store.write() as session:
        users.change(session, user.id, blocked=not undo)
        users.sign_out(session, user.id)
    word = "let in again" if undo else "blocked and signed out"
    _tell(as_json, f"{user.name} is {word}", name=user.name, blocked=not undo)


@command.command("sign-out")
@click.argument("name")
@json_option
def sign_out(name: str, *, as_json: bool) -> None:
    """Sign a user out everywhere."""
    store = open_store(settings())
    user = _found(store, name)
    with store.write() as session:
        users.sign_out(session, user.id)
    _tell(as_json, f"{user.name} is signed out everywhere", name=user.name)
