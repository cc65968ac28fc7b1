"""``judge faults``: submissions that got no verdict because of us, and why."""

from __future__ import annotations

import click

from judge.cli.options import json_option, print_json, settings
from judge.cli.service import open_store
from judge.domain.lifecycle import State
from judge.store import rejudging


@click.command("faults")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@json_option
def command(*, limit: int, as_json: bool) -> None:
    """List submissions whose judging failed, newest first, each with the reason.

    None of them cost its student anything. When what was wrong is mended, `judge retry` queues
    those again that were given up; the others are still being tried.
    """
    with open_store(settings()).read() as session:
        rows = rejudging.faults(session, limit=limit)
    if as_json:
        print_json(
            {
                "faults": [
                    {
                        "submission": row.id,
                        "problem": row.problem.slug,
                        "state": row.state,
                        "tries": row.tries,
                        "worker": row.worker,
                        "reason": row.fault,
                        "sent_at": row.created_at.isoformat(),
                    }
                    for row in rows
                ]
            }
        )
        return
    for row in rows:
        state = "given up" if row.state == State.FAILED else "being tried again"
        click.echo(f"{row.id}  {row.problem.slug}  {state} after {row.tries}  {row.worker}")
        click.echo(f"    {row.fault}")
    if not rows:
        click.echo("none: every submission has its verdict, or will have it")
