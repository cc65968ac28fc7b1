"""Show what checking problems came to: a line for each, what is to be mended below it, a sum."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from judge.authoring.results import CheckReport, Finding, Kind
from judge.cli.show.layout import Barred
from judge.cli.show.text import Prose, joined, plain, sentence

HOLDS, FAILS, WARNS = "✓", "✗", "!"
_NAMES: dict[Kind, tuple[str, str, str]] = {
    "solution": ("solution", "solutions", "accepted"),
    "also": ("other answer", "other answers", "accepted"),
    "mistake": ("mistake", "mistakes", "recognised"),
    "mutant": ("mutant", "mutants", "killed"),
    "slip": ("slip", "slips", "caught"),
}


def problem_lines(report: CheckReport) -> Group:
    """Return the line of one problem, and its findings."""
    warned = any(finding.severity == "warning" for finding in report.findings)
    symbol = Text(HOLDS, style="green") if report.ok else Text(FAILS, style="bold red")
    if report.ok and warned:
        symbol = Text(WARNS, style="bold yellow")
    name = Text.assemble(symbol, " ", plain(report.problem))
    counts = (_count(report, kind) for kind in _NAMES)
    seconds = plain(f"{report.seconds:.1f} s", style="dim")
    shown: list[RenderableType] = [Prose(joined(name, *counts, seconds), indent=4)]
    shown += [_finding(finding) for finding in report.findings]
    return Group(*shown)


def summary(reports: Sequence[CheckReport], *, seconds: float) -> Group:
    """Return the last line: how many hold."""
    failing = sum(1 for report in reports if not report.ok)
    warnings = sum(
        finding.severity == "warning" for report in reports for finding in report.findings
    )
    if failing:
        first = plain(f"{FAILS} {failing} of {len(reports)} problems do not hold", style="bold red")
    else:
        first = plain(
            f"{HOLDS} {_counted(len(reports), 'problem holds', 'problems hold')}",
            style="bold green",
        )
    second = _counted(warnings, "warning", "warnings") if warnings else ""
    return Group(Text(), Prose(joined(first, second, f"{seconds:.1f} s")))


def _count(report: CheckReport, kind: Kind) -> Text | str:
    """Say how many answers of a kind were tried, and how many of them came out right."""
    trials = [trial for trial in report.tried if trial.kind == kind]
    if not trials:
        return ""
    right = sum(trial.ok for trial in trials)
    one, several, judged = _NAMES[kind]
    counted = _counted(len(trials), one, several)
    if right == len(trials):
        return plain(counted, style="dim")
    return plain(f"{counted}, {right} {judged}", style="bold red")


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def _finding(finding: Finding) -> Barred:
    style = "bold red" if finding.severity == "error" else "bold yellow"
    said = Text.assemble(
        plain(f"{finding.severity}: ", style=style),
        plain(f"{finding.where}: " if finding.where else ""),
        sentence(finding.message),
    )
    content: list[RenderableType] = [Prose(said)]
    if finding.remedy:
        content.append(Prose(sentence(f"→ {finding.remedy}", style="dim"), indent=2))
    return Barred(*content, style="red" if finding.severity == "error" else "yellow", bar="  │ ")
