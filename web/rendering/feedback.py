"""A report as cards: failures first, the differing property named, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from judge.domain.grouping import Case, by_case
from judge.domain.problem import Language
from judge.domain.report import CaseReport, Difference, Message, Report
from judge.domain.verdict import Ending, Fact, Verdict
from judge.store.outcomes import Outcome
from judge.wording import fact_name, render, verdict_meaning, verdict_name
from judge.wording.interface import label
from web.languages import _, language
from web.rendering import maps
from web.rendering.code import highlighted_lines
from web.rendering.markdown import markdown
from web.rendering.text import sentence, visible

_AROUND = 2
"""Lines of the answer that are shown before and after a line of a traceback."""


@dataclass(frozen=True, slots=True)
class Words:
    """What templates ask for words, in one language."""

    language: Language

    def __call__(self, key: str, **parameters: str | int) -> str:
        """Return a label."""
        return label(key, self.language, **parameters)

    def verdict(self, verdict: Verdict) -> str:
        """Return a verdict's name."""
        return verdict_name(verdict, self.language)

    def meaning(self, verdict: Verdict) -> Markup:
        """Return what a verdict means."""
        return sentence(verdict_meaning(verdict, self.language))

    def fact(self, difference: Difference) -> str:
        """Return the name of the property that differs."""
        return fact_name(difference.fact, self.language)

    def side(self, difference: Difference, text: str) -> str:
        """Return one side of a difference; that a call returned is said in words."""
        if difference.fact is Fact.OUTCOME and text == Ending.RETURNED:
            return _("returned a result")
        return text

    def say(self, message: Message) -> Markup:
        """Word a message."""
        return sentence(render(message, self.language))


def report_html(report: Report, *, code: str, trial: bool = False) -> Markup:
    """Return the cards of a report in this request's language.

    Args:
        report: what was found.
        code: the answer, of which tracebacks quote lines.
        trial: whether it was a run on the samples, which is no verdict.
    """
    words = Words(language())
    cases = by_case(report.cases)
    text = render_template(
        "feedback/report.html",
        report=report,
        words=words,
        accepted=report.verdict is Verdict.ACCEPTED,
        trial=trial,
        cases=cases,
        failing=[case for case in cases if case.failing],
        told_before=_told_before([case for case in cases if case.failing]),
        others=[case for case in cases if not case.failing],
        explanations=[markdown(each.in_language(words.language)) for each in report.explanations],
        shown_run=shown_run,
        excerpt=lambda line: excerpt(code, line),
        picture=maps.picture,
        side=maps.side,
        visible=visible,
        simulated=any(case.simulated for case in report.cases),
        skipped=next((case for case in report.cases if case.verdict is None), None),
    )
    return Markup(text)  # noqa: S704  the template escapes


def forgotten_html(row: Outcome, verdict: Verdict) -> Markup:
    """Return what is left of a result whose details are no longer kept."""
    text = render_template(
        "feedback/forgotten.html", row=row, verdict=verdict, words=Words(language())
    )
    return Markup(text)  # noqa: S704  the template escapes


def _told_before(failing: list[Case]) -> dict[int, int]:
    """Return which cases fail just as an earlier one does, and which that is."""
    first: dict[tuple[object, ...], int] = {}
    found = {}
    for case in failing:
        run = case.typical
        difference = run.differences[0] if run.differences else None
        said = difference.message if difference else run.message
        raised = (run.exception.name, run.exception.frames[-1:]) if run.exception else None
        key = (run.verdict, said and said.key, difference and difference.path, raised)
        earlier = first.setdefault(key, case.number)
        if earlier != case.number:
            found[case.number] = earlier
    return found


def shown_run(case: Case) -> CaseReport:
    """Return the repetition that stands for a case."""
    return case.typical if case.failing else case.runs[0]


def excerpt(code: str, line: int) -> list[tuple[int, Markup, bool]]:
    """Return (number, line, whether it is the one meant) around a line of the answer."""
    lines = highlighted_lines(code)
    return [
        (number, lines[number - 1], number == line)
        for number in range(max(1, line - _AROUND), min(len(lines), line + _AROUND) + 1)
    ]


def marks(report: Report) -> list[dict[str, object]]:
    """Return what to mark in the editor: lines, from 1, and what is wrong there."""
    words = language()
    found: dict[int, list[str]] = defaultdict(list)
    for spot in report.spots:
        found[spot.line].append(render(spot.message, words))
    for case in report.cases:
        raised = case.exception
        if raised is not None and raised.frames and case.verdict is not Verdict.ACCEPTED:
            said = visible(f"{raised.name}: {raised.message}" if raised.message else raised.name)
            found[raised.frames[-1].line].append(said)
    return [
        {"line": line, "message": "\n".join(_without_echoes(texts))[:1000]}
        for line, texts in sorted(found.items())
    ]


def _without_echoes(texts: list[str]) -> list[str]:
    """Leave out what another says too, and more: a hidden case names the exception alone."""
    distinct = list(dict.fromkeys(texts))
    return [
        text
        for text in distinct
        if not any(other != text and other.startswith(text) for other in distinct)
    ]
