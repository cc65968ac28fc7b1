"""``judge run``: judge a file here, and say what is right and wrong with it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from judge.cli.options import json_option, language_option, print_json, settings
from judge.domain.problem import Language, Problem, Text
from judge.domain.report import Message, Report, as_json
from judge.domain.seeds import new_seed
from judge.domain.verdict import Device, Verdict
from judge.errors import UsageError
from judge.sandbox.warm import WarmSandbox
from judge.wording import render
from judge.wording.interface import label

_MOST_BYTES = 4 << 20
"""Enough for the pipeline to say itself that a file is too large."""
_SEED = re.compile(r"[0-9a-f]{1,64}")


@click.command("run")
@click.argument("problem")
@click.argument("file")
@json_option
@click.option(
    "--device", type=click.Choice([each.value for each in Device]), help="Only its cases."
)
@language_option
@click.option("--seed", metavar="HEX", help="Repeat a judging with the inputs that it had.")
@click.pass_context
def command(
    context: click.Context,
    /,
    problem: str,
    file: str,
    *,
    as_json: bool,
    device: str | None,
    **given: str | None,
) -> None:
    """Judge FILE (- for standard input) as an answer to PROBLEM, a path or chapter/slug.

    Exits with 0 if it is accepted, 1 if it is rejected, 2 if the problem or the judge is at fault.
    """
    chosen = settings()
    language = Language(given["lang"] or chosen.language)
    source = read_answer(file)
    seed = checked_seed(given["seed"])
    with WarmSandbox(memory=chosen.preload) as warm:
        # Imported while the sandbox starts in its thread.
        from judge.cli.terminal import waiting  # noqa: PLC0415

        loaded = load(chosen.problems, problem)
        part, others = only(loaded, Device(device) if device else None)
        left_out = tuple(name.in_language(language) for name in others)
        with waiting(label("progress.starting", language)):
            sandbox = warm.get()
        from judge.pipeline import Judge  # noqa: PLC0415

        with waiting(label("progress.judging", language)):
            report = Judge(sandbox).judge(part, source, seed=seed)
        if as_json:
            print_json(as_object(report, language=language, seed=seed, left_out=left_out))
        else:
            notes = notes_on(report, language=language, device=device, left_out=left_out, seed=seed)
            _show(report, loaded, language=language, source=source, notes=notes)
    context.exit(0 if report.verdict is Verdict.ACCEPTED else 1)


def read_answer(name: str) -> bytes:
    """Return the student's file.

    Raises:
        UsageError: it cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read(_MOST_BYTES)
    path = Path(name)
    if path.is_dir():
        raise UsageError(f"{name!r} is a folder, not a file to judge")
    try:
        with path.open("rb") as stream:
            return stream.read(_MOST_BYTES)
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else exc
        raise UsageError(f"the file {name!r} can't be read: {reason}") from exc


def checked_seed(text: str | None) -> str:
    """Return the seed to judge with: a given one, else a fresh one.

    Raises:
        UsageError: it is not hexadecimal.
    """
    if text is None:
        return new_seed()
    if not _SEED.fullmatch(text.lower()):
        raise UsageError(f"--seed takes up to 64 hexadecimal digits, not {text[:80]!r}")
    return text.lower()


def load(root: Path, name: str) -> Problem:
    """Load the problem named by a path or as chapter/slug."""
    from judge.catalog import find_problem, load_problem  # noqa: PLC0415  while the sandbox starts

    return load_problem(find_problem(root, name))


def only(problem: Problem, device: Device | None) -> tuple[Problem, tuple[Text, ...]]:
    """Return the problem with one device's cases only, and the names of the others.

    Raises:
        UsageError: it has none for that device.
    """
    if device is None:
        return problem, ()
    kept = tuple(case for case in problem.cases if case.device is device)
    if not kept:
        raise UsageError(f"the problem {problem.slug} has no cases for {device}")
    left_out = tuple(case.name for case in problem.cases if case.device is not device)
    return replace(problem, cases=kept), left_out


def notes_on(
    report: Report, *, language: Language, device: str | None, left_out: tuple[str, ...], seed: str
) -> list[str]:
    """Return what to say at the end: what was not judged, and how to repeat what was."""
    notes = []
    if device == Device.CUDA:
        notes.append(label("device.simulated", language))
    if left_out:
        names = ("、" if language is Language.ZH else ", ").join(left_out)
        notes.append(label("device.left_out", language, device=str(device), names=names))
    if report.verdict is not Verdict.ACCEPTED and report.cases:
        # Seeds count cases, so which were judged is part of it.
        repeat = f"{seed} --device {device}" if device else seed
        notes.append(label("run.seed", language, seed=repeat))
    return notes


def as_object(
    report: Report, *, language: Language, seed: str, left_out: tuple[str, ...]
) -> dict[str, Any]:
    """Return what ``--json`` prints: the report, each message with its sentence."""
    return {
        "accepted": report.verdict is Verdict.ACCEPTED,
        "language": language.value,
        "seed": seed,
        "left_out": list(left_out),
        "report": worded(as_json(report), language),
    }


def worded(value: Any, language: Language) -> Any:  # noqa: ANN401  any part of a JSON object
    """Add to each message of a report as JSON its sentence, under ``text``."""
    if isinstance(value, list):
        return [worded(each, language) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"key", "parameters"}:
        return {**value, "text": render(_message(value["key"], value["parameters"]), language)}
    return {key: worded(each, language) for key, each in value.items()}


def _message(key: str, parameters: Mapping[str, Any]) -> Message:
    lists = {
        name: tuple(each) if isinstance(each, list) else each for name, each in parameters.items()
    }
    return Message(key, lists)


def _show(
    report: Report, problem: Problem, *, language: Language, source: bytes, notes: list[str]
) -> None:
    from judge.cli.show.reader import Reader, lines_of  # noqa: PLC0415  needless with --json
    from judge.cli.show.report import page  # noqa: PLC0415
    from judge.cli.terminal import show  # noqa: PLC0415

    reader = Reader(language, lines_of(source))
    show(page(report, title=problem.title, reader=reader, notes=notes))
