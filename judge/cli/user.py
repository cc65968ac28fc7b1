"""``judge user``: make users, change their roles and passwords, sign them out, block them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import click

from judge.cli.acting import actor
from judge.cli.invitations import invitations, invite, withdraw
from judge.cli.options import json_option, print_json, settings, tell
from judge.cli.service import open_store
from judge.domain.lifecycle import Role
from judge.errors import UsageError
from judge.store import Store, directory, membership, passwords
from judge.store.accounts import NAME_LENGTH
from judge.store.base import LONGEST_PAGE
from judge.store.directory import Person, Sought

_role = click.Choice([each.value for each in Role])


@click.group("user")
def command() -> None:
    """Users and invitations: made, listed, changed. Every act is in `judge audit`."""


command.add_command(invite)
command.add_command(invitations)
command.add_command(withdraw)


def add_user(store: Store, name: str, role: Role) -> str:
    """Make a user; return the one-time password.

    Raises:
        NameTaken: there is one of that name.
        UsageError: it is no name.
    """
    if not name.strip() or len(name) > NAME_LENGTH or not name.isprintable():
        raise UsageError(f"a name has 1 to {NAME_LENGTH} characters that can be printed: {name!r}")
    password = passwords.one_time_password()
    with store.write() as session:
        membership.create(
            session,
            actor(),
            name=name,
            password_hash=passwords.hash_password(password),
            role=role,
        )
    return password


@command.command("add")
@click.argument("name")
@click.option("--role", type=_role, default=Role.STUDENT.value, show_default=True)
@json_option
def add(name: str, *, role: str, as_json: bool) -> None:
    """Make a user; prints a password once, to be changed after the first sign-in."""
    password = add_user(open_store(settings()), name, Role(role))
    tell(as_json, f"{name}: {password}", name=name, role=role, password=password)


command.add_command(add, "create")


@command.command("list")
@click.option("--search", metavar="PREFIX", default="", help="Only names that begin so.")
@click.option("--role", type=_role, help="Only users with this role.")
@click.option("--blocked/--not-blocked", default=None, help="Only users who are, or are not.")
@json_option
def listed(*, search: str, role: str | None, blocked: bool | None, as_json: bool) -> None:
    """List the users in the order of their names."""
    sought = Sought(search, None if role is None else Role(role), blocked)
    found = _people(open_store(settings()), sought)
    if as_json:
        print_json({"users": [_described(each) for each in found]})
        return
    for each in found:
        seen = f"{each.seen_at:%Y-%m-%d}" if each.seen_at is not None else "-"
        mark = "  (blocked)" if each.blocked else ""
        count = f"{each.submissions:6} submissions"
        click.echo(f"{each.role:10}  {count}  seen {seen:10}  {each.name}{mark}")


def _people(store: Store, sought: Sought) -> Iterator[Person]:
    after = ""
    while True:
        with store.read() as session:
            page = directory.people(session, sought, after=after, limit=LONGEST_PAGE)
        yield from page
        if len(page) < LONGEST_PAGE:
            return
        after = page[-1].name


def _described(person: Person) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "blocked": person.blocked,
        "created_at": person.created_at.isoformat(),
        "seen_at": None if person.seen_at is None else person.seen_at.isoformat(),
        "submissions": person.submissions,
    }


@command.command("role")
@click.argument("name")
@click.argument("role", type=_role)
@json_option
def role(name: str, role: str, *, as_json: bool) -> None:
    """Change a user's role."""
    with open_store(settings()).write() as session:
        name = membership.set_role(session, actor(), name, role=Role(role)).name
    tell(as_json, f"{name} is {role} now", name=name, role=role)


@command.command("reset-link")
@click.argument("name")
@click.option("--hours", type=click.IntRange(1, 168), default=24, show_default=True)
@json_option
def reset_link(name: str, *, hours: int, as_json: bool) -> None:
    """Make a link by which a user sets a new password, once."""
    chosen = settings()
    with open_store(chosen).write() as session:
        token = membership.reset_link(session, actor(), name, lasts=timedelta(hours=hours))
    base = chosen.public_url or f"http://{chosen.host}:{chosen.port}"
    link = f"{base}/reset/{token}"
    tell(as_json, link, name=name, link=link, hours=hours)


@command.command("block")
@click.argument("name")
@click.option("--undo", is_flag=True, help="Let the user in again.")
@json_option
def block(name: str, *, undo: bool, as_json: bool) -> None:
    """Keep a user out, and sign them out everywhere."""
    act = membership.unblock if undo else membership.block
    with open_store(settings()).write() as session:
        name = act(session, actor(), name).name
    word = "let in again" if undo else "blocked and signed out"
    tell(as_json, f"{name} is {word}", name=name, blocked=not undo)


@command.command("sign-out")
@click.argument("name")
@json_option
def sign_out(name: str, *, as_json: bool) -> None:
    """Sign a user out everywhere; personal tokens stay."""
    with open_store(settings()).write() as session:
        name = membership.sign_out(session, actor(), name).name
    tell(as_json, f"{name} is signed out everywhere", name=name)
