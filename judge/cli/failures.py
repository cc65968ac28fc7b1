"""Turn an error into a paragraph, an object and an exit code: by whose fault it is."""

from __future__ import annotations

import json
import traceback
from dataclasses import dataclass

import click

from judge.errors import AuthorError, SandboxError, UsageError

OUR_OR_THE_AUTHORS_FAULT = 2


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no result. ``kind``: author, sandbox, usage or internal."""

    kind: str
    message: str
    exit_code: int = OUR_OR_THE_AUTHORS_FAULT


_INTRODUCTIONS = {
    "author": "The problem is at fault, not the answer.",
    "sandbox": "The sandbox is at fault, not the answer; `judge doctor` says what is missing.",
    "internal": "The judge is at fault, not the answer: this is a bug.",
}


def failure_of(error: Exception) -> Failure:
    """Say whose fault an error is."""
    match error:
        case AuthorError():
            return Failure("author", str(error))
        case SandboxError():
            return Failure("sandbox", str(error))
        case UsageError():
            return Failure("usage", str(error))
        case click.ClickException():
            return Failure("usage", _with_usage(error))
        case _:
            return Failure("internal", f"{type(error).__name__}: {error}{_place(error)}")


def report_failure(failure: Failure, *, as_json: bool) -> None:
    """Print a failure: on standard output as JSON, else on standard error as a paragraph."""
    if as_json:
        error = {"kind": failure.kind, "message": failure.message}
        click.echo(json.dumps({"error": error}, ensure_ascii=False, indent=2))
        return
    introduction = _INTRODUCTIONS.get(failure.kind)
    words = f"{introduction} {failure.message}" if introduction else failure.message
    click.echo(f"judge: {_printable(words)}", err=True)


def _with_usage(error: click.ClickException) -> str:
    message = error.format_message()
    context = getattr(error, "ctx", None)
    help_line = f" (see: {context.command_path} --help)" if context is not None else ""
    return message + help_line


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else ""


def _printable(text: str) -> str:
    # An author's error quotes what the author's code said.
    return "".join(
        each if each.isprintable() or each == "\n" else "\N{REPLACEMENT CHARACTER}" for each in text
    )
