"""Put what was found into a report that a page or a terminal can draw."""

from __future__ import annotations

from dataclasses import replace

from judge.comparison import render
from judge.domain.observation import Observation, OpaqueNode, Raised, Usage
from judge.domain.problem import Case, Problem
from judge.domain.report import (
    CaseReport,
    ExceptionReport,
    Message,
    Report,
    Sample,
    Spot,
)
from judge.domain.verdict import Device, Ending, Verdict
from judge.pipeline import redact
from judge.pipeline.assess import Assessment, ending_message, ending_verdict
from judge.pipeline.keys import Key
from judge.sandbox.frames import Stop, StopKind
from judge.sandbox.job import RunId, Simulation
from judge.sandbox.session import SessionResult

MAX_SHOWN_OUTPUT = 4000
"""Characters of what a visible case printed that are kept for the page."""
_MISSING = {StopKind.MISSING: "missing.function", StopKind.NOT_CALLABLE: "missing.not_callable"}


def refused(problem: Problem, message: Message) -> Report:
    """Report a file that is not even looked into."""
    return _bare(problem, Verdict.SYNTAX_ERROR, message)


def stop_report(problem: Problem, result: SessionResult) -> Report:
    """Report an answer of which no case could be run."""
    stop = result.stop
    assert stop is not None  # noqa: S101  the caller's condition
    match stop.kind:
        case StopKind.SYNTAX:
            detail = Message("syntax.error", {"detail": stop.detail})
            return _bare(problem, Verdict.SYNTAX_ERROR, detail, _spots(stop))
        case StopKind.TOO_DEEP:
            return _bare(problem, Verdict.SYNTAX_ERROR, Message("syntax.too_deep"))
        case StopKind.FORBIDDEN:
            return _bare(problem, Verdict.FORBIDDEN, _forbidden(stop.spots[0].rule), _spots(stop))
        case StopKind.MISSING | StopKind.NOT_CALLABLE:
            message = Message(_MISSING[stop.kind], {"name": problem.signature.name})
            return _bare(problem, Verdict.MISSING_FUNCTION, message)
        case StopKind.IMPORT_RAISED:
            return _import_raised(problem, stop)
        case StopKind.ENDED:
            seen = stop.observation or Observation(Ending.DIED)
            message = ending_message(seen, problem.limits) or Message("died.garbled")
            return _bare(problem, ending_verdict(seen.ending), message)


def _bare(
    problem: Problem, verdict: Verdict, message: Message, spots: tuple[Spot, ...] = ()
) -> Report:
    points = sum(case.points for case in problem.cases)
    return Report(problem.slug, problem.version, verdict, 0, points, spots=spots, message=message)


def _spots(stop: Stop) -> tuple[Spot, ...]:
    if stop.kind is StopKind.FORBIDDEN:
        return tuple(Spot(spot.line, spot.column, _forbidden(spot.rule)) for spot in stop.spots)
    return tuple(
        Spot(spot.line, spot.column, Message("syntax.error", {"detail": spot.what}))
        for spot in stop.spots
    )


def _forbidden(rule: str) -> Message:
    if rule.isidentifier() and rule.islower():
        return Message("forbidden.syntax", {"keyword": rule})
    return Message("forbidden.name", {"name": rule})


def _import_raised(problem: Problem, stop: Stop) -> Report:
    """The inputs exist by the time that the answer's module runs, so its words are not repeated."""
    raised = stop.raised
    assert raised is not None  # noqa: S101  this kind of stop always has one
    if "MemoryError" in raised.classes:
        limit = Message("limit.memory", {"limit_mb": problem.limits.memory_bytes >> 20})
        return _bare(problem, Verdict.MEMORY_LIMIT, limit)
    message = Message("import.raised", {"exception": redact.exception_name(raised)})
    spots = tuple(Spot(frame.line, 1, message) for frame in raised.frames[-1:])
    return _bare(problem, Verdict.RUNTIME_ERROR, message, spots)


def case_report(
    problem: Problem, run: RunId, assessment: Assessment, *, key: Key, alone: Assessment | None
) -> CaseReport:
    """Report one repetition of a case.

    Args:
        problem: the problem.
        run: which repetition of which case.
        assessment: what it came to.
        key: the key that it was compared with.
        alone: the same case judged in a child without hidden inputs, if it was; only what comes
            from there is shown in the answer's own words.
    """
    case = problem.cases[run.case]
    open_ = case.shown and (alone is None or alone.verdict is assessment.verdict)
    chosen = alone if open_ and alone is not None else assessment
    # Where it ran beside hidden cases, its times are as telling as theirs.
    report = _report(case, run, chosen, coarse=not open_ or alone is None)
    if open_:
        return _shown(report, run, chosen, case=case, key=key, words=alone is not None)
    if chosen.verdict is Verdict.ACCEPTED and chosen.seen is not None and not chosen.seen.raised:
        # It has nothing to hide but its times, as most cases.
        return report
    public = f"{problem.signature.source} {problem.statement.en} {problem.given}"
    return redact.hidden(report, chosen.seen, public=public)


def _report(case: Case, run: RunId, assessment: Assessment, *, coarse: bool) -> CaseReport:
    seen = assessment.seen
    usage = seen.usage if seen is not None else Usage()
    return CaseReport(
        index=run.case,
        repetition=run.repetition,
        name=case.name,
        shown=case.shown,
        points=case.points,
        verdict=assessment.verdict,
        differences=assessment.differences,
        message=assessment.message,
        device=case.device,
        simulated=case.device is Device.CUDA,
        usage=redact.coarse(usage) if coarse else usage,
    )


def _inputs(want: Observation, case: Case) -> tuple[tuple[str, str], ...]:
    """Write what a visible case is called with; what can't be looked into, as its author did."""
    sources = (*case.arguments, *(source for _, source in case.keywords))
    pairs = zip(want.inputs, sources, strict=False)
    return tuple(
        (name, source if isinstance(node, OpaqueNode) else render(node))
        for (name, node), source in pairs
    )


def _shown(
    report: CaseReport, run: RunId, assessment: Assessment, *, case: Case, key: Key, words: bool
) -> CaseReport:
    """Add what a visible case was called with, and what came of it."""
    want = key.observations.get(run) or key.observations.get(
        RunId(run.case, run.repetition, Simulation.TWIN)
    )
    seen = assessment.seen
    sample = None
    if want is not None:
        expected = render(want.result) if want.result is not None else _raised(want)
        got = expected
        if words and seen is not None:
            got = render(seen.result) if seen.result is not None else _raised(seen)
        inputs = _inputs(want, case)
        sample = Sample(inputs, expected, got)
    if not words or seen is None:
        return replace(report, sample=sample)
    raised = seen.raised
    return replace(
        report,
        sample=sample,
        output=printed(seen.output),
        errors=printed(seen.errors),
        exception=exception_report(raised) if raised else None,
    )


def _raised(seen: Observation) -> str | None:
    return f"raises {_clean(seen.raised.classes[0])}" if seen.raised is not None else None


def exception_report(raised: Raised) -> ExceptionReport:
    """Report an exception in its own words; not for hidden cases."""
    frames = tuple(replace(each, function=_clean(each.function)) for each in raised.frames)
    return ExceptionReport(_clean(raised.classes[0]), _clean(raised.message), frames)


def printed(data: bytes) -> str | None:
    """Return the beginning of what was printed, for people; not for hidden cases."""
    return _clean(data.decode("utf-8", "replace")[:MAX_SHOWN_OUTPUT]) or None


def _clean(text: str) -> str:
    """Text for people: no control character but line ends and tabs, nothing that turns it round."""
    return "".join(
        c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )
