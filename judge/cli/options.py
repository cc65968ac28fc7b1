"""What several commands share: the settings, and the options ``--json`` and ``--lang``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from judge.domain.problem import Language
from judge.errors import UsageError
from judge.settings import Settings, SettingsError, read_settings

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def json_option(command: Decorated) -> Decorated:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")(
        command
    )


def language_option(command: Decorated) -> Decorated:
    """Add ``--lang``."""
    names = click.Choice([each.value for each in Language])
    return click.option(
        "--lang", type=names, help="The language; else JUDGE_LANGUAGE or the locale's."
    )(command)


def settings() -> Settings:
    """Read the environment.

    Raises:
        UsageError: a variable has a value that means nothing.
    """
    try:
        return read_settings()
    except SettingsError as exc:
        raise UsageError(str(exc)) from exc


def print_json(value: object) -> None:
    """Print one object; what is not ASCII stays readable."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "replace"))


def tell(as_json: bool, text: str, **values: object) -> None:  # noqa: FBT001  an option's name
    """Say what was done: as one object, or in words."""
    if as_json:
        print_json(values)
    else:
        click.echo(text)
