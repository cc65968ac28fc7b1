"""Gather the repetitions of each case of a report, for whoever shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from judge.domain.report import CaseReport
from judge.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Case:
    """All repetitions of one case. ``number`` counts from 1."""

    number: int
    runs: tuple[CaseReport, ...]

    @property
    def failing(self) -> list[CaseReport]:
        """The repetitions that were run and not accepted."""
        return [run for run in self.runs if run.verdict not in (None, Verdict.ACCEPTED)]

    @property
    def typical(self) -> CaseReport:
        """The first of the repetitions that fail as most of them do; some have to fail."""
        counts = Counter(run.verdict for run in self.failing)
        return max(self.failing, key=lambda run: counts[run.verdict])

    @property
    def skipped(self) -> bool:
        """Whether nothing can be said: none fails, and some were not run."""
        return not self.failing and any(run.verdict is None for run in self.runs)

    @property
    def accepted(self) -> bool:
        """Whether every repetition is right."""
        return all(run.verdict is Verdict.ACCEPTED for run in self.runs)


def by_case(reports: Iterable[CaseReport]) -> list[Case]:
    """Gather the repetitions of each case, in the problem's order."""
    gathered: dict[int, list[CaseReport]] = {}
    for report in reports:
        gathered.setdefault(report.index, []).append(report)
    return [Case(index + 1, tuple(gathered[index])) for index in sorted(gathered)]
