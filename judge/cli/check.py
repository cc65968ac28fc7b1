"""``judge check``: verify problems, one line each as it is done, what is to be mended below it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from judge.authoring import CheckReport, check_file, check_slips
from judge.catalog import all_problem_files, find_problem
from judge.cli.options import json_option, print_json, settings
from judge.cli.show.checks import problem_lines, summary
from judge.cli.terminal import console_for, waiting
from judge.errors import UsageError
from judge.pipeline import Judge
from judge.sandbox.warm import WarmSandbox
from judge.settings import Settings


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@json_option
@click.option("--mutants", is_flag=True, help="Try generic mutants of each reference, too.")
@click.option("--slips", is_flag=True, help="Try small edits of each reference instead.")
@click.option("--seeds", default=5, show_default=True, type=click.IntRange(1, 100), metavar="N")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    *,
    as_json: bool,
    mutants: bool,
    slips: bool,
    seeds: int,
) -> None:
    """Verify problems: files, chapters' folders, or chapter/slug; all of them if none is named.

    Exits with 0 if every one holds, 1 if one does not, 2 if the sandbox is at fault.
    """
    start = time.perf_counter()
    chosen = settings()
    files = problem_files(chosen.problems, paths)
    console = None if as_json else console_for()
    done: list[CheckReport] = []
    check = check_slips if slips else partial(check_file, seeds=seeds, mutants=mutants)
    for report in _checked(chosen, files, check):
        done.append(report)
        if console is not None:
            console.print(problem_lines(report))
    seconds = time.perf_counter() - start
    ok = all(report.ok for report in done)
    if console is None:
        problems = [asdict(report) for report in done]
        print_json({"ok": ok, "problems": problems, "seconds": round(seconds, 3)})
    else:
        console.print(summary(done, seconds=seconds))
    context.exit(0 if ok else 1)


def problem_files(root: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Return the files that are named: by path, by folder, as chapter/slug; all where none is.

    Raises:
        UsageError: a name stands for nothing.
    """
    if not names:
        found = list(all_problem_files(root))
    else:
        found = [path for name in names for path in _named(root, name)]
    if not found:
        raise UsageError(f"there are no problems in {', '.join(names) or root}")
    return tuple(dict.fromkeys(found))


def _named(root: Path, name: str) -> tuple[Path, ...]:
    folder = next((each for each in (Path(name), root / name) if each.is_dir()), None)
    if folder is None:
        return (find_problem(root, name),)
    inside = tuple(sorted(folder.glob("*.y*ml")))
    chapters = tuple(each for each in inside if each.name != "course.yaml")
    # A folder of chapters, or one chapter.
    return chapters or all_problem_files(folder)


def _checked(
    chosen: Settings, files: Sequence[Path], check: Callable[[Judge, Path], CheckReport]
) -> Iterator[CheckReport]:
    """Check several at a time, as many as there are cores; yield them in the order given."""
    workers = len(os.sched_getaffinity(0))
    with WarmSandbox(memory=chosen.preload, ready=workers) as warm:
        with waiting("starting the sandbox"):
            judge = Judge(warm.get())
        with ThreadPoolExecutor(workers) as pool:
            waiting_for = [pool.submit(check, judge, path) for path in files]
            try:
                for path, future in zip(files, waiting_for, strict=True):
                    with waiting(f"checking {path.parent.name}/{path.stem}"):
                        report = future.result()
                    yield report
            finally:
                pool.shutdown(cancel_futures=True)
