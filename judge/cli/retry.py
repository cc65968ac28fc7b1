"""``judge retry``: submissions that were given up through a fault of ours are tried once more."""

from __future__ import annotations

from collections.abc import Sequence

import click

from judge.cli.acting import actor, tell_workers
from judge.cli.options import json_option, print_json, settings
from judge.cli.service import open_store
from judge.domain.lifecycle import Queue
from judge.errors import UsageError
from judge.settings import Settings
from judge.store import Store, remedies


@click.command("retry")
@click.argument("numbers", nargs=-1, type=int, metavar="[NUMBER]...")
@click.option("--all", "everything", is_flag=True, help="All that were given up.")
@json_option
def command(*, numbers: tuple[int, ...], everything: bool, as_json: bool) -> None:
    """Queue submissions again that were given up, each where it was, as if it were new.

    `judge faults` has their numbers and reasons. Where a NUMBER is no submission, none is queued.
    """
    if bool(numbers) is everything:
        raise UsageError("say which: numbers as `judge faults` has them, or --all")
    chosen = settings()
    store = open_store(chosen)
    queued = _all(store, chosen) if everything else _these(store, chosen, numbers)
    left = sorted(set(numbers).difference(queued))
    if as_json:
        print_json({"queued": queued, "left": left})
        return
    click.echo(f"{len(queued)} submissions are queued again")
    for number in left:
        click.echo(f"{number} was not given up: it waits, is being judged, or has its verdict")


def _these(store: Store, chosen: Settings, numbers: Sequence[int]) -> list[int]:
    waiting: list[tuple[int, Queue]] = []
    with store.write() as session:
        for number in dict.fromkeys(numbers):
            queue = remedies.retry(session, actor(), number)
            if queue is not None:
                waiting.append((number, queue))
    tell_workers(chosen, waiting)
    return [number for number, _ in waiting]


def _all(store: Store, chosen: Settings) -> list[int]:
    queued: list[int] = []
    while True:
        with store.write() as session:
            waiting = remedies.retry_all(session, actor())
        tell_workers(chosen, waiting)
        queued += [number for number, _ in waiting]
        if len(waiting) < remedies.MOST:
            return queued
