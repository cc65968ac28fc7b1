"""The part of ``judge user`` that makes, lists and withdraws invitations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import click

from judge.cli.acting import actor
from judge.cli.options import json_option, print_json, settings, tell
from judge.cli.service import open_store
from judge.domain.lifecycle import Role
from judge.store import Store
from judge.store import invitations as stored
from judge.store.accounts import LABEL_LENGTH, Invitation
from judge.store.base import LONGEST_PAGE


@click.command("invite")
@click.option("--uses", type=click.IntRange(1, 10000), default=1, show_default=True)
@click.option("--days", type=click.IntRange(1, 365), default=14, show_default=True)
@click.option(
    "--role",
    type=click.Choice([each.value for each in Role]),
    default=Role.STUDENT.value,
    show_default=True,
)
@click.option("--label", metavar="TEXT", default="", help="What it is for, to find it again.")
@json_option
def invite(*, uses: int, days: int, role: str, label: str, as_json: bool) -> None:
    """Make an invitation, for where registration needs one; its code is shown only now."""
    with open_store(settings()).write() as session:
        code = stored.invite(
            session,
            actor(),
            uses=uses,
            lasts=timedelta(days=days),
            role=Role(role),
            label=label[:LABEL_LENGTH],
        )
    tell(as_json, code, code=code, uses=uses, days=days, role=role, label=label[:LABEL_LENGTH])


@click.command("invitations")
@json_option
def invitations(*, as_json: bool) -> None:
    """List the invitations that still let somebody in, newest first; never their codes."""
    found = _good(open_store(settings()))
    if as_json:
        print_json({"invitations": [_described(each) for each in found]})
        return
    for each in found:
        until = f"{each.expires_at:%Y-%m-%d %H:%M} UTC"
        about = "  ".join(filter(None, (each.created_by and f"by {each.created_by}", each.label)))
        click.echo(f"{each.id:4}  {each.uses_left:5} left  until {until}  {each.role:10}  {about}")


@click.command("withdraw")
@click.argument("number", type=int)
@json_option
def withdraw(number: int, *, as_json: bool) -> None:
    """Take the invitation NUMBER back; who has registered with it stays."""
    with open_store(settings()).write() as session:
        stored.withdraw(session, actor(), number)
    tell(as_json, f"the invitation {number} is withdrawn", invitation=number)


def _good(store: Store) -> Iterator[Invitation]:
    before = None
    while True:
        with store.read() as session:
            page = stored.good(session, before=before, limit=LONGEST_PAGE)
        yield from page
        if len(page) < LONGEST_PAGE:
            return
        before = page[-1].id


def _described(row: Invitation) -> dict[str, object]:
    return {
        "invitation": row.id,
        "role": row.role,
        "uses_left": row.uses_left,
        "expires_at": row.expires_at.isoformat(),
        "created_by": row.created_by,
        "label": row.label,
    }
