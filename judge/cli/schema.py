"""``judge schema``: the format of a problem's file, for editors and for people."""

from __future__ import annotations

import click

from judge.catalog import json_schema, reference_markdown
from judge.cli.options import print_json


@click.command("schema")
@click.option("--reference", is_flag=True, help="A page for people instead, as Markdown.")
def command(*, reference: bool) -> None:
    """Print the JSON Schema of a problem's file."""
    if reference:
        click.echo(reference_markdown().encode(), nl=False)
    else:
        print_json(json_schema())
