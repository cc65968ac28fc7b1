"""``judge versions``: which version of each problem is loaded, and for which torch."""

from __future__ import annotations

from collections.abc import Iterator

import click

from judge.cli.options import json_option, print_json, settings
from judge.cli.service import open_store
from judge.errors import UsageError
from judge.store import Store, loaded
from judge.store.loaded import Edition, Holding

_DIGITS = 12


@click.command("versions")
@click.argument("problem", required=False, metavar="[PROBLEM]")
@json_option
def command(*, problem: str | None, as_json: bool) -> None:
    """List the problems and the version of each that is in force.

    With PROBLEM, as chapter/slug or a chapter alone: its versions before that, too.
    """
    store = open_store(settings())
    found = list(_holdings(store, problem))
    if problem is not None and not found:
        raise UsageError(f"there is no problem or chapter {problem!r}, see `judge versions`")
    if as_json:
        with store.read() as session:
            releases = loaded.torch_releases(session)
        print_json({"problems": [_described(each) for each in found], "torch": releases})
        return
    for holding in found:
        mark = "  (withdrawn)" if holding.withdrawn else ""
        click.echo(f"{holding.slug}{mark}")
        for edition in holding.editions:
            if problem is not None or edition.current:
                click.echo(f"  {_line(edition)}")
        if problem is not None and holding.number > len(holding.editions):
            click.echo(f"  … {holding.number - len(holding.editions)} older ones")


def _holdings(store: Store, problem: str | None) -> Iterator[Holding]:
    after = ""
    while True:
        with store.read() as session:
            page = loaded.problems(session, only=problem, after=after)
        yield from page
        if len(page) < loaded.PAGE:
            return
        after = page[-1].slug


def _line(edition: Edition) -> str:
    torch = edition.torch or "unknown"
    return (
        f"{'*' if edition.current else ' '} {edition.digest[:_DIGITS]}"
        f"  loaded {edition.loaded_at:%Y-%m-%d %H:%M} UTC  torch {torch}"
        f"  {edition.submissions} submissions"
    )


def _described(holding: Holding) -> dict[str, object]:
    return {
        "problem": holding.slug,
        "title": {"zh": holding.title_zh, "en": holding.title_en},
        "withdrawn": holding.withdrawn,
        "number": holding.number,
        "versions": [
            {
                "version": edition.digest,
                "current": edition.current,
                "loaded_at": edition.loaded_at.isoformat(),
                "torch": edition.torch,
                "submissions": edition.submissions,
            }
            for edition in holding.editions
        ],
    }
