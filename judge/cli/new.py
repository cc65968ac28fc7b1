"""``judge new``: a problem that already passes ``judge check``, to edit."""

from __future__ import annotations

import click

from judge.authoring import new_problem
from judge.cli.options import settings


@click.command("new")
@click.argument("name", metavar="CHAPTER/SLUG")
def command(name: str) -> None:
    """Write a new problem's file, which already passes `judge check`, and print its path."""
    path = new_problem(settings().problems, name)
    click.echo(str(path))
    click.echo(f"Edit it, then: judge check {path}", err=True)
