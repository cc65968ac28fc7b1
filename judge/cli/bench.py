"""``judge bench``: measure the judge on this machine, beside what it is compared with."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from judge.authoring import check_file
from judge.bench import measure
from judge.catalog import all_problem_files
from judge.cli.options import json_option, print_json, settings
from judge.cli.show.figures import figures_page
from judge.cli.terminal import console_for, show
from judge.errors import AuthorError
from judge.pipeline import Judge


@click.command("bench")
@json_option
@click.option("--quick", is_flag=True, help="Fewer repetitions, and no checking of the problems.")
def command(*, as_json: bool, quick: bool) -> None:
    """Measure: time to a verdict, throughput, start, memory, checking; all in one run.

    Figures are only comparable within a run: machines differ, and so do their neighbours.
    """
    chosen = settings()
    stderr = console_for(stderr=True)
    figures = measure(
        quick=quick,
        memory=chosen.preload,
        check=None if quick else partial(check_all, chosen.problems),
        progress=lambda words: stderr.print(f"measuring: {words}"),
    )
    if as_json:
        print_json(asdict(figures))
    else:
        show(figures_page(figures))


def check_all(problems: Path, judge: Judge) -> tuple[float, int]:
    """Check every problem with mutants, as ``judge check --mutants`` does.

    Returns:
        Wall seconds, and how many problems there are.

    Raises:
        AuthorError: a problem does not hold, so that its time would mean nothing.
    """
    workers = len(os.sched_getaffinity(0))
    start = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        check = partial(check_file, judge, mutants=True)
        reports = list(pool.map(check, all_problem_files(problems)))
    broken = [report.problem for report in reports if not report.ok]
    if broken:
        raise AuthorError(f"these problems do not hold: {', '.join(broken)}. See: judge check")
    return time.perf_counter() - start, len(reports)
