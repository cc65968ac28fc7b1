"""Read the environment and the one file of settings: once, at the start of a command."""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path

from pydantic import ValidationError

from judge.settings.defaults import PREFIX, config_file
from judge.settings.errors import SettingsError
from judge.settings.model import Settings

_FROM_FILES = ("secret_key", "database_url", "broker_url", "smtp_url")
"""What holds a secret may stand in a file of its own, named by the variable with _FILE added."""


def read_settings() -> Settings:
    """Return the settings of this process's environment and of the file.

    Raises:
        SettingsError: one has a value that means nothing; every such one is named.
    """
    try:
        return Settings(**_from_files())  # type: ignore[arg-type] # texts, for fields of texts
    except ValidationError as exc:
        raise SettingsError("; ".join(_complaint(dict(each)) for each in exc.errors())) from exc
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError(f"the file {config_file()} is not TOML: {exc}") from exc


def _from_files() -> dict[str, str]:
    found = {}
    for name in _FROM_FILES:
        variable = f"{PREFIX}{name}_FILE".upper()
        path = os.environ.get(variable)
        if path:
            try:
                found[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as exc:
                raise SettingsError(
                    f"{variable} names {path!r}, which can't be read: {exc}"
                ) from exc
            if not found[name]:
                raise SettingsError(f"{variable} names {path!r}, which is empty")
    return found


def _complaint(error: dict[str, object]) -> str:
    location = error.get("loc")
    field = str(location[0]) if isinstance(location, tuple) and location else "?"
    name = f"{PREFIX}{field}".upper()
    if error.get("type") == "extra_forbidden":
        near = difflib.get_close_matches(field, Settings.model_fields, n=1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        return f"the file {config_file()} sets {field!r}, which is no setting{meant}"
    reason = str(error.get("msg")).removeprefix("Value error, ")
    if name not in os.environ:
        return f"the file {config_file()} sets {field} to {error.get('input')!r}: {reason}"
    return f"the environment variable {name} is set to {error.get('input')!r}: {reason}"
