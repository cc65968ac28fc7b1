"""``judge settings``: each setting that holds here, and where it is from; secrets stay hidden."""

from __future__ import annotations

from dataclasses import asdict

import click

from judge.cli.options import json_option, print_json, settings
from judge.settings import HIDDEN, InForce, Origin, in_force


@click.command("settings")
@click.option("--changed", is_flag=True, help="Only those that are not at their default.")
@json_option
def command(*, changed: bool, as_json: bool) -> None:
    """List the settings in force where this is called, and where each is from.

    Another process has what its own environment said when it started.
    """
    lines = [
        each for each in in_force(settings()) if not changed or each.origin is not Origin.DEFAULT
    ]
    if as_json:
        print_json({"settings": [asdict(each) for each in lines]})
        return
    width = max((len(each.variable) for each in lines), default=0)
    for each in lines:
        click.echo(f"{each.variable:{width}}  {_value(each)}{_origin(each)}")


def _origin(line: InForce) -> str:
    match line.origin:
        case Origin.DEFAULT:
            return ""
        case Origin.ENVIRONMENT:
            return "  (environment)"
        case Origin.OWN_FILE | Origin.FILE:
            return f"  ({line.place})"


def _value(line: InForce) -> str:
    if line.value is None:
        return HIDDEN if line.given else "(not set)"
    return line.value or "(empty)"
