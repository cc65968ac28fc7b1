"""``judge load`` and ``judge migrate``: bring the database to what files and program say."""

from __future__ import annotations

from dataclasses import asdict

import click

from judge.cli.acting import actor
from judge.cli.options import json_option, print_json, settings
from judge.cli.service import open_store, put_course
from judge.store import schema


@click.command("load")
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """Load the course and its problems into the database.

    What does not hold keeps the version that it had, and is named; then the exit code is 1.
    """
    chosen = settings()
    store = open_store(chosen)
    loaded = put_course(store, chosen.problems, actor=actor())
    if as_json:
        print_json({**asdict(loaded.changes), "broken": list(loaded.broken)})
    else:
        changes = loaded.changes
        for name, slugs in (
            ("new", changes.added),
            ("changed", changes.changed),
            ("withdrawn", changes.withdrawn),
        ):
            for slug in slugs:
                click.echo(f"{name:10} {slug}")
        click.echo(f"{len(changes.same)} problems as before")
        for text in loaded.broken:
            click.echo(text, err=True)
    context.exit(1 if loaded.broken else 0)


@click.command("migrate")
@json_option
def migrate(*, as_json: bool) -> None:
    """Bring the database's tables to this program's version; nothing happens if they are."""
    before, now = schema.upgrade(open_store(settings(), current=False))
    if as_json:
        print_json({"before": before, "now": now})
    else:
        click.echo(f"the database was at {before or '(empty)'} and is at {now}")
