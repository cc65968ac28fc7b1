"""``judge course``: a table of the course, counted anew each time so that it can't go stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

import click
from rich.table import Table

from judge.authoring import check_problem
from judge.authoring.survey import ChapterSurvey, survey
from judge.catalog import all_problem_files, load_course, load_problem
from judge.cli.options import json_option, print_json, settings
from judge.cli.terminal import console_for, waiting
from judge.domain.problem import Difficulty
from judge.pipeline import Judge
from judge.sandbox.warm import WarmSandbox


@click.command("course")
@json_option
@click.option("--mutants", is_flag=True, help="Try the mutants too, and count those killed.")
@click.pass_context
def command(context: click.Context, *, as_json: bool, mutants: bool) -> None:
    """Show what each chapter has: problems, mistakes, facts, and the names that it has to exercise.

    Exits with 1 if a name in `course.yaml` is used by no solution of its chapter.
    """
    chosen = settings()
    course = load_course(chosen.problems)
    problems = [load_problem(path) for path in all_problem_files(chosen.problems)]
    rows = []
    with WarmSandbox(memory=chosen.preload, ready=2) as warm:
        with waiting("starting the sandbox"):
            judge = Judge(warm.get())
        check = partial(check_problem, judge, seeds=2, mutants=True) if mutants else None
        for chapter in course.chapters:
            mine = [each for each in problems if each.slug.startswith(f"{chapter.slug}/")]
            with waiting(f"surveying {chapter.slug}"):
                rows.append(survey(judge, chapter, mine, check=check))
    if as_json:
        print_json({"chapters": [{**asdict(row), "missing": row.missing} for row in rows]})
    else:
        console = console_for()
        console.print(_chapters(rows, mutants=mutants))
        console.print(_facts(rows))
        console.print(_names(rows))
        for row in rows:
            if row.missing:
                console.print(f"✗ {row.slug}: no solution uses {', '.join(row.missing)}")
    context.exit(1 if any(row.missing for row in rows) else 0)


def _chapters(rows: Sequence[ChapterSurvey], *, mutants: bool) -> Table:
    table = Table(title="Chapters", title_justify="left")
    table.add_column("chapter", no_wrap=True)
    names = ["problems", *(each.value for each in Difficulty), "mistakes", "other answers", "names"]
    for name in [*names, *(["mutants", "killed"] if mutants else [])]:
        table.add_column(name, justify="right")
    for row in rows:
        found = len(row.uses) - len(row.missing)
        cells = [
            row.problems,
            *(row.difficulties.get(each.value, 0) for each in Difficulty),
            row.mistakes,
            row.others,
            f"{found}/{len(row.uses)}",
            *([row.mutants, row.killed] if mutants else []),
        ]
        table.add_row(row.slug, *map(str, cells))
    table.add_section()
    sums = [
        sum(row.problems for row in rows),
        *(sum(row.difficulties.get(each.value, 0) for row in rows) for each in Difficulty),
        sum(row.mistakes for row in rows),
        sum(row.others for row in rows),
        sum(len(row.uses) - len(row.missing) for row in rows),
        *([sum(row.mutants for row in rows), sum(row.killed for row in rows)] if mutants else []),
    ]
    table.add_row("all", *map(str, sums))
    return table


def _facts(rows: Sequence[ChapterSurvey]) -> Table:
    """Problems that turn on each fact: with a mistake that earns its verdict."""
    table = Table(title="Problems with a mistake that earns", title_justify="left")
    table.add_column("verdict", no_wrap=True)
    for name in [*(row.slug[:2] for row in rows), "all"]:
        table.add_column(name, justify="right")
    sums: Counter[str] = Counter()
    for row in rows:
        sums.update(row.facts)
    for verdict, count in sums.most_common():
        table.add_row(verdict, *(str(row.facts.get(verdict, "")) for row in rows), str(count))
    return table


def _names(rows: Sequence[ChapterSurvey]) -> Table:
    """Names that chapters owe, and the problems whose solutions were seen to use each."""
    table = Table(title="Names, and the solutions that use them", title_justify="left")
    table.add_column("chapter", no_wrap=True)
    table.add_column("name", no_wrap=True)
    table.add_column("problems")
    for row in rows:
        for name, users in row.uses.items():
            table.add_row(row.slug, name, ", ".join(users) or "✗ none")
        table.add_section()
    return table
