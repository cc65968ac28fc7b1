"""``judge audit``: who did what with rights, the newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from judge.cli.options import json_option, print_json, settings
from judge.cli.service import open_store
from judge.domain.administration import Act
from judge.store import Store, audit
from judge.store.administration import AuditEntry
from judge.store.audit import Wanted
from judge.store.base import LONGEST_PAGE

_LONGEST = 200
"""So much of a detail is shown; --json has all of it."""


@click.command("audit")
@click.option("--actor", metavar="NAME", help="Only what NAME did, on the site or here.")
@click.option("--act", type=click.Choice([each.value for each in Act]), help="Only such acts.")
@click.option("--subject", metavar="TEXT", help="Only upon this: 'user ada', 'submission 7'.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@json_option
def command(
    *, actor: str | None, act: str | None, subject: str | None, limit: int, as_json: bool
) -> None:
    """List the acts with rights, newest first: those on the site and those at the command line."""
    wanted = Wanted(actor, None if act is None else Act(act), subject)
    found = _entries(open_store(settings()), wanted, limit)
    if as_json:
        print_json({"entries": [_described(each) for each in found]})
        return
    from judge.cli.show.text import clean, shortened  # noqa: PLC0415  needless with --json

    for each in found:
        where = "" if each.actor_id is not None else " (command line)"
        # The detail may quote a fault, which quotes anything.
        detail = json.dumps(each.detail, ensure_ascii=False) if each.detail else ""
        when = f"{each.at:%Y-%m-%d %H:%M:%S} UTC"
        words = f"{each.actor_name}{where}  {each.action}  {each.subject}"
        click.echo(f"{when}  {clean(words)}  {clean(shortened(detail, _LONGEST))}".rstrip())


def _entries(store: Store, wanted: Wanted, limit: int) -> Iterator[AuditEntry]:
    before, left = None, limit
    while left > 0:
        with store.read() as session:
            page = audit.entries(session, wanted, before=before, limit=min(left, LONGEST_PAGE))
        yield from page
        if not page:
            return
        before, left = page[-1].id, left - len(page)


def _described(entry: AuditEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": entry.actor_name,
        "user": entry.actor_id,
        "act": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }
