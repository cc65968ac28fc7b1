"""Show one case: a card where it fails, a line where it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import RenderableType
from rich.text import Text

from judge.cli.show import difference as differences
from judge.cli.show.layout import Barred, Rows, SideBySide
from judge.cli.show.reader import Reader
from judge.cli.show.source import traceback
from judge.cli.show.text import Prose, block, clean, joined, plain, reflowed, sentence, shortened
from judge.domain.grouping import Case
from judge.domain.report import CaseReport, ExceptionReport, Sample

RIGHT, WRONG, SKIPPED = "✓", "✗", "–"  # noqa: RUF001  a dash, as for "none"
_MOST_LINES = 20
_LONGEST_MESSAGE = 2000
_SLOW_S = 0.01
Signature = tuple[object, ...]
Sides = tuple[object, ...]


@dataclass(slots=True)
class Told:
    """What earlier cards have explained, so that later ones need not: which case, both sides."""

    cases: dict[Signature, tuple[int, Sides]] = field(default_factory=dict)

    def earlier(self, case: Case) -> tuple[int, Sides] | None:
        """Return the earlier case that failed in the same way; if none did, remember this one."""
        run = case.typical
        mine = (case.number, _sides(run))
        first = self.cases.setdefault(_signature(run), mine)
        return None if first is mine else first


def line(case: Case, reader: Reader) -> Prose:
    """Return the one line of a case of which there is little to say."""
    run = case.runs[0]
    symbol = Text(SKIPPED, style="yellow") if case.skipped else Text(RIGHT, style="green")
    parts = [_name(symbol, case, reader), *_labels(run, reader)]
    if case.skipped:
        parts.append(plain(reader("case.skipped"), style="yellow"))
    slowest = max(each.usage.cpu_s for each in case.runs)
    if slowest >= _SLOW_S:
        parts.append(plain(duration(slowest), style="dim"))
    return Prose(joined(*parts), indent=2)


def card(case: Case, reader: Reader, told: Told) -> list[RenderableType]:
    """Return a failing case: its headline, and below it what is wrong with a typical repetition.

    Only the headline where an earlier card has said it all.
    """
    run, earlier = case.typical, told.earlier(case)
    headline = _headline(case, run, reader)
    if earlier is not None:
        same = sentence(reader("case.same", number=earlier[0]), style="dim")
        headline = joined(headline, same)
    sections = _sections(case, run, reader, earlier)
    body = [Barred(*_spaced(sections), style="red")] if any(sections) else []
    return [Prose(headline, indent=2), *body]


def duration(seconds: float) -> str:
    """Write a time in the unit that people read it in."""
    return f"{seconds:.2g} s" if seconds >= 1 else f"{1000 * seconds:.0f} ms"


def _headline(case: Case, run: CaseReport, reader: Reader) -> Text:
    assert run.verdict is not None  # noqa: S101  failing cases have one
    parts = [
        _name(Text(WRONG, style="bold red"), case, reader),
        plain(reader.verdict(run.verdict), style="bold red"),
        *_labels(run, reader),
    ]
    if len(case.runs) > 1:
        failing = len(case.failing)
        parts.append(plain(reader("case.runs", failing=failing, total=len(case.runs)), style="dim"))
    return joined(*parts)


def _name(symbol: Text, case: Case, reader: Reader) -> Text:
    name = plain(reader.text(case.runs[0].name))
    return Text.assemble(symbol, " ", (f"{case.number}  ", "dim"), name)


def _labels(run: CaseReport, reader: Reader) -> list[Text]:
    labels = [reader("case.sample" if run.shown else "case.hidden")]
    if run.simulated:
        labels.append(reader("case.device", device=run.device))
    return [plain(each, style="dim") for each in labels]


def _sections(
    case: Case, run: CaseReport, reader: Reader, earlier: tuple[int, Sides] | None
) -> list[list[RenderableType]]:
    sections: list[list[RenderableType]] = []
    if earlier is None:
        sections.append(_reasons(run, reader))
    if run.differences and (earlier is None or earlier[1] != _sides(run)):
        sections.append(differences.evidence(run.differences[0], reader))
    if run.exception is not None and earlier is None:
        sections.append(_exception(run.exception, reader))
    sections.append([differences.aside(each, reader) for each in run.differences[1:]])
    sections.append(_others(case, run, reader))
    if run.sample is not None:
        sections.append(_sample(run, run.sample, reader))
    sections.append(_printed("printed", run.output, reader))
    sections.append(_printed("stderr", run.errors, reader))
    return sections


def _signature(run: CaseReport) -> Signature:
    first = run.differences[0] if run.differences else None
    said = first.message if first else run.message
    raised = run.exception
    where = (raised.name, raised.frames[-1:]) if raised else None
    return (run.verdict, said and said.key, first and first.path, where)


def _sides(run: CaseReport) -> Sides:
    first = run.differences[0] if run.differences else None
    return (first.expected, first.got, first.values) if first else ()


def _reasons(run: CaseReport, reader: Reader) -> list[RenderableType]:
    reasons: list[RenderableType] = []
    if run.message is not None:
        reasons.append(Prose(sentence(reader.say(run.message))))
    if run.differences:
        reasons.append(differences.told(run.differences[0], reader))
    if not reasons and run.verdict is not None:
        reasons.append(Prose(sentence(reader.meaning(run.verdict))))
    return reasons


def _exception(raised: ExceptionReport, reader: Reader) -> list[RenderableType]:
    name = plain(raised.name, style="bold red")
    if raised.message is None:
        # Hidden: the sentence above has named it.
        return [*traceback(raised.frames, reader=reader)]
    message = clean(shortened(raised.message, _LONGEST_MESSAGE), lines=True)
    words = Prose(Text.assemble(name, ": " if message else "", message))
    return [words, *traceback(raised.frames, reader=reader)]


def _others(case: Case, run: CaseReport, reader: Reader) -> list[RenderableType]:
    """Mention repetitions that fail in another way."""
    others = Counter(each.verdict for each in case.failing if each.verdict is not run.verdict)
    names = [f"{reader.verdict(each)} ({count})" for each, count in others.items() if each]
    if not names:
        return []
    return [Prose(sentence(reader("case.others", verdicts=", ".join(names)), style="dim"))]


def _sample(run: CaseReport, sample: Sample, reader: Reader) -> list[RenderableType]:
    """Show what a visible case was called with, and its results where nothing else shows them."""
    rows: list[tuple[Text, RenderableType]] = [
        (plain(name, style="cyan"), block(reflowed(text))) for name, text in sample.inputs
    ]
    shown: list[RenderableType] = []
    pair = _results(run, sample, reader)
    if pair is None and sample.expected is not None and run.exception is not None:
        rows.append((plain(reader("expected"), style="bold"), block(reflowed(sample.expected))))
    if rows:
        shown += [plain(reader("inputs"), style="bold"), Rows(rows)]
    return [*shown, *([Text(), pair] if shown and pair else [pair] if pair else [])]


def _results(run: CaseReport, sample: Sample, reader: Reader) -> SideBySide | None:
    expected, got = sample.expected, sample.got
    told = any(each.values is not None and each.path == "result" for each in run.differences[:1])
    if told or run.exception is not None or expected is None or got is None or expected == got:
        return None
    return SideBySide(
        block(reflowed(expected), style=differences.EXPECTED),
        block(reflowed(got), style=differences.GOT),
        titles=differences.titles(reader),
    )


def _printed(key: str, text: str | None, reader: Reader) -> list[RenderableType]:
    if not text:
        return []
    lines = text.rstrip("\n").split("\n")
    rest = len(lines) - _MOST_LINES
    shown: list[RenderableType] = [plain(reader(key), style="bold")]
    shown += [Barred(block("\n".join(lines[:_MOST_LINES])), style="dim", bar="  ")]
    if rest > 0:
        shown.append(plain("  " + reader("source.more", count=rest), style="dim"))
    return shown


def _spaced(sections: Sequence[Sequence[RenderableType]]) -> list[RenderableType]:
    """Put an empty line between sections that hold something."""
    shown: list[RenderableType] = []
    for section in filter(None, sections):
        shown += [Text(), *section] if shown else section
    return shown
