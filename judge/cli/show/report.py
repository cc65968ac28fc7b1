"""Show a whole report as a student would like to read it: verdict, what fails, the rest."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from judge.cli.show.case import RIGHT, WRONG, Told, card, duration, line
from judge.cli.show.layout import Barred
from judge.cli.show.reader import Reader
from judge.cli.show.source import Excerpt
from judge.cli.show.text import MOST_PROSE_WIDTH, Prose, block, joined, plain, sentence
from judge.domain.grouping import Case, by_case
from judge.domain.problem import Text as Words
from judge.domain.report import Message, Report, Spot
from judge.domain.verdict import Verdict

_MOST_LINES = 8
"""Accepted cases that get a line each; more are run together."""


def page(report: Report, *, title: Words, reader: Reader, notes: Sequence[str] = ()) -> Group:
    """Return everything that a report says.

    Args:
        report: what was found.
        title: the problem's title.
        reader: whom it is for.
        notes: sentences to end with.
    """
    cases = by_case(report.cases)
    failing = [case for case in cases if case.failing]
    told = Told()
    shown: list[RenderableType] = [*_head(report, title, cases, reader)]
    for explanation in report.explanations:
        shown += [Text(), _explanation(reader.text(explanation), reader)]
    shown += _spots(report, reader)
    lines = 0
    for case in failing:
        before, drawn = lines, card(case, reader, told)
        lines = len(drawn)
        # Cases of which there is only a headline stand together.
        shown += drawn if before == lines == 1 else [Text(), *drawn]
    rest = _rest([case for case in cases if not case.failing], reader)
    if report.output:
        shown += [Text(), plain(reader("printed"), style="bold"), block(report.output)]
    last = [Prose(sentence(note, style="dim")) for note in [*_notes(report, reader), *notes]]
    for part in (rest, last):
        shown += [Text(), *part] if part else []
    return Group(*shown)


def _head(report: Report, title: Words, cases: list[Case], reader: Reader) -> list[RenderableType]:
    right = report.verdict is Verdict.ACCEPTED
    style = "bold green" if right else "bold red"
    name = plain(f"{RIGHT if right else WRONG} {reader.verdict(report.verdict)}", style=style)
    figures = [reader("run.points", score=report.score, points=report.points)]
    failing = sum(1 for case in cases if case.failing)
    if failing:
        figures.append(reader("run.failing", failing=failing, total=len(cases)))
    figures.append(duration(report.wall_s))
    name_of_it = [plain(report.problem, style="dim")]
    if reader.text(title) != report.problem:
        name_of_it.insert(0, plain(reader.text(title)))
    problem = joined(*name_of_it)
    said = reader.say(report.message) if report.message else reader.meaning(report.verdict)
    lines = [joined(name, *figures), problem, sentence(said)]
    return [Prose(each, indent=2 if not number else 0) for number, each in enumerate(lines)]


def _explanation(text: str, reader: Reader) -> Panel:
    """Show what is known about a mistake where nobody overlooks it."""
    words = [sentence(paragraph) for paragraph in text.strip().split("\n")]
    return Panel(
        Group(*map(Prose, words)),
        title=plain(reader("explanation"), style="bold"),
        title_align="left",
        border_style="yellow",
        box=box.HEAVY,
        expand=False,
    )


def _spots(report: Report, reader: Reader) -> list[RenderableType]:
    """Quote the places of a file that could not be run."""
    shown: list[RenderableType] = []
    for spot in report.spots:
        content: list[RenderableType] = [
            Excerpt(reader.source, line=spot.line, column=_column(spot, reader))
        ]
        if not 1 <= spot.line <= len(reader.source):
            content = [plain(reader("source.at", line=spot.line), style="dim")]
        if spot.message != report.message:
            content.append(Prose(sentence(reader.say(spot.message))))
        shown += [Text(), Barred(*content, style="red")]
    return shown


def _column(spot: Spot, reader: Reader) -> int:
    """Return the column for the caret; where only a line is known, where its text begins."""
    if spot.column > 1 or not 1 <= spot.line <= len(reader.source):
        return max(1, spot.column)
    text = reader.source[spot.line - 1]
    return 1 + len(text) - len(text.lstrip())


def _rest(cases: Sequence[Case], reader: Reader) -> list[RenderableType]:
    lines: list[RenderableType] = [line(case, reader) for case in cases if case.skipped]
    accepted = [case for case in cases if case.accepted]
    if len(accepted) <= _MOST_LINES:
        return [*lines, *(line(case, reader) for case in accepted)]
    names = [f"{RIGHT} {case.number} {reader.text(case.runs[0].name)}" for case in accepted]
    return [*lines, Prose(Text("  ").join(plain(name, style="green") for name in names))]


def _notes(report: Report, reader: Reader) -> list[str]:
    notes = []
    if any(case.simulated for case in report.cases):
        notes.append(reader.say(Message("simulated.note")))
    skipped = next((case for case in report.cases if case.verdict is None), None)
    if skipped is not None and skipped.message is not None:
        notes.append(reader.say(skipped.message))
    return notes


def width_of(terminal: int) -> int:
    """Return the width to draw in: what a terminal has, within what still reads well."""
    return min(max(terminal, 40), 2 * MOST_PROSE_WIDTH)
