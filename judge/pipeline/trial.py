"""Try an answer out on what its student may see: the visible cases and an input of their own."""

from __future__ import annotations

import ast
from dataclasses import replace

from judge.comparison import render
from judge.domain.observation import Observation
from judge.domain.problem import Case, Problem, Text
from judge.domain.report import CaseReport, Message, Report, Sample
from judge.domain.seeds import new_seed
from judge.domain.verdict import Ending, Verdict
from judge.pipeline.assess import ending_message, ending_verdict
from judge.pipeline.judging import Judge
from judge.pipeline.reporting import exception_report, printed, stop_report
from judge.pipeline.runs import student_job
from judge.sandbox.job import RunId

MAX_INPUT_CHARACTERS = 4000
_NAME = Text("自定义输入", "your own input")


def try_out(
    judge: Judge, problem: Problem, answer: str, *, own: str = "", seed: str | None = None
) -> Report:
    """Judge an answer on the visible cases, and call it on an input of the student's.

    The input is the student's code as much as the answer is: it is evaluated in their child only,
    beside no case of the problem's, and nothing is expected of what comes out.

    Args:
        judge: judges the visible cases.
        problem: what it is an answer to.
        answer: the student's file.
        own: arguments as in a call, ``torch.ones(2), dim=0`` say; none if empty.
        seed: the inputs of the visible cases; fresh ones if None.

    Raises:
        AuthorError: the problem is broken.
        SandboxError: the sandbox failed.
    """
    visible = tuple(case for case in problem.cases if case.shown)
    # A version of its own: its keys are not those of the whole problem.
    reduced = replace(problem, cases=visible, version=f"{problem.version}/visible")
    seed = seed or new_seed()
    if visible:
        report = judge.judge(reduced, answer, seed=seed)
    else:
        report = Report(problem.slug, reduced.version, Verdict.ACCEPTED, 0, 0)
    if not own.strip():
        nothing = None if visible else Message("own.nothing")
        return replace(report, message=report.message or nothing)
    if visible and not report.cases:
        return report  # it can't be loaded; it won't load for another input either
    return _with_own(judge, reduced, report, answer=answer, own=own, seed=seed)


def _with_own(
    judge: Judge, problem: Problem, report: Report, *, answer: str, own: str, seed: str
) -> Report:
    index = len(problem.cases)
    blank = CaseReport(index, 0, _NAME, shown=True, points=0, verdict=None, own=True)
    parsed = _arguments(own)
    if isinstance(parsed, Message):
        return _added(report, replace(blank, verdict=Verdict.SYNTAX_ERROR, message=parsed))
    alone = replace(problem, cases=(parsed,), rules=replace(problem.rules, require=()))
    result = judge.sandbox.run(student_job(alone, answer, seed=seed))
    if result.fault is not None:
        said = exception_report(result.fault.raised)
        message = Message(
            "own.failed", {"exception": said.name, "detail": said.message or "no message"}
        )
        return _added(report, replace(blank, verdict=Verdict.RUNTIME_ERROR, message=message))
    if result.stop is not None:
        return report if report.cases else stop_report(alone, result)
    seen = result.observations.get(RunId(0, 0))
    return _added(report, blank if seen is None else _case(blank, seen, parsed, problem))


def _added(report: Report, case: CaseReport) -> Report:
    verdict = report.verdict
    if verdict is Verdict.ACCEPTED and case.verdict is not None:
        verdict = case.verdict
    return replace(report, verdict=verdict, cases=(*report.cases, case))


def _arguments(own: str) -> Case | Message:
    """Read arguments as in a call into a case."""
    if len(own) > MAX_INPUT_CHARACTERS:
        limit = f"more than {MAX_INPUT_CHARACTERS} characters"
        return Message("own.syntax", {"detail": limit})
    try:
        call = ast.parse(f"f(\n{own.strip()}\n)", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as exc:
        detail = exc.msg if isinstance(exc, SyntaxError) else type(exc).__name__
        return Message("own.syntax", {"detail": detail})
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return Message("own.syntax", {"detail": "unmatched parentheses"})
    if any(isinstance(each, ast.Starred) for each in call.args):
        return Message("own.syntax", {"detail": "a star can't be used here"})
    keywords = [(each.arg, ast.unparse(each.value)) for each in call.keywords if each.arg]
    if len(keywords) < len(call.keywords):
        return Message("own.syntax", {"detail": "two stars can't be used here"})
    arguments = tuple(ast.unparse(each) for each in call.args)
    return Case(name=_NAME, arguments=arguments, keywords=tuple(keywords), shown=True)


def _case(blank: CaseReport, seen: Observation, case: Case, problem: Problem) -> CaseReport:
    sources = (*case.arguments, *(source for _, source in case.keywords))
    names = (
        *problem.signature.parameters[: len(case.arguments)],
        *(name for name, _ in case.keywords),
    )
    inputs = tuple(zip(names, sources, strict=False))
    ending = ending_message(seen, problem.limits)
    if ending is not None:
        verdict = ending_verdict(seen.ending)
        return replace(blank, verdict=verdict, message=ending, sample=Sample(inputs))
    raised = seen.raised
    return replace(
        blank,
        verdict=Verdict.RUNTIME_ERROR if seen.ending is Ending.RAISED else Verdict.ACCEPTED,
        message=None if raised else Message("own.returned"),
        exception=exception_report(raised) if raised else None,
        sample=Sample(inputs, got=render(seen.result) if seen.result is not None else None),
        output=printed(seen.output),
        errors=printed(seen.errors),
        usage=seen.usage,
    )
