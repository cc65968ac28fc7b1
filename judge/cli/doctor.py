"""``judge doctor``: say what stands, what is missing, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict

import click

from judge.cli.checkup import checks
from judge.cli.options import json_option, print_json
from judge.cli.show.checkup import machine_page
from judge.cli.terminal import show, waiting

_MISSING = 2


@click.command("doctor")
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """Look at this machine and attack the sandbox; say what is missing and how to get it.

    Exits with 0 if everything needed stands, else 2.
    """
    with waiting("looking at this machine, attacking the sandbox"):
        found = list(checks())
    ok = all(check.stands for check in found if check.needed)
    if as_json:
        print_json({"ok": ok, "checks": [asdict(check) for check in found]})
    else:
        show(machine_page(found))
    context.exit(0 if ok else _MISSING)
