"""``judge registration``: say who may make an account, or change it while the site runs."""

from __future__ import annotations

import click

from judge.cli.acting import actor
from judge.cli.options import json_option, settings, tell
from judge.cli.service import open_store
from judge.domain.administration import Registration
from judge.errors import UsageError
from judge.store import options


@click.command("registration")
@click.argument("mode", required=False, type=click.Choice([each.value for each in Registration]))
@click.option("--default", "unset", is_flag=True, help="Let JUDGE_REGISTRATION hold again.")
@json_option
def command(*, mode: str | None, unset: bool, as_json: bool) -> None:
    """Say who may register: anybody, those with an invitation, nobody. With a MODE: change it.

    What is chosen here holds over the setting, at once and for every site on this database.
    """
    if mode is not None and unset:
        raise UsageError("either a mode or --default")
    chosen = settings()
    store = open_store(chosen)
    changed = False
    if mode is not None or unset:
        wanted = None if mode is None else Registration(mode)
        with store.write() as session:
            changed = options.set_registration(session, actor(), wanted)
    with store.read() as session:
        stored = options.stored_registration(session)
    now = stored or Registration(chosen.registration)
    origin = "as the setting says" if stored is None else "an admin's choice"
    tell(
        as_json,
        f"{now}  ({origin}; JUDGE_REGISTRATION: {chosen.registration})",
        registration=now.value,
        stored=None if stored is None else stored.value,
        setting=chosen.registration,
        changed=changed,
    )
