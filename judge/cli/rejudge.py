"""``judge rejudge``: judge submissions again, by the versions of their problems that hold now."""

from __future__ import annotations

import click

from judge.cli.acting import actor
from judge.cli.options import json_option, print_json, settings
from judge.cli.service import VERDICTS, open_store
from judge.errors import UsageError
from judge.store import rejudging, remedies
from judge.store.rejudging import Selection


@click.command("rejudge")
@click.option("--problem", metavar="SLUG", help="Those to a problem, or to a chapter's problems.")
@click.option("--submission", type=int, metavar="NUMBER", help="Just this one.")
@click.option(
    "--verdict",
    type=click.Choice(VERDICTS),
    help="Only those with this verdict; judge_error: those given up.",
)
@click.option("--limit", type=click.IntRange(1, 100_000), default=1000, show_default=True)
@click.option("--dry-run", is_flag=True, help="Say which, and do nothing.")
@json_option
def command(
    *,
    problem: str | None,
    submission: int | None,
    verdict: str | None,
    limit: int,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Queue finished submissions again, behind every student's.

    Each is judged on the inputs that it had, and keeps its verdict until the new one is written.
    """
    if problem is None and submission is None and verdict is None:
        raise UsageError("say which: --problem, --submission or --verdict")
    wanted = Selection(problem, submission, verdict, limit)
    with open_store(settings()).write() as session:
        if dry_run:
            ids = rejudging.rejudge(session, wanted, dry_run=True)
        else:
            ids = remedies.rejudge(session, actor(), wanted)
    if as_json:
        print_json({"submissions": ids, "queued": not dry_run})
    else:
        click.echo(f"{len(ids)} submissions {'would be' if dry_run else 'are'} queued again")
