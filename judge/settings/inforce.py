"""The settings in force: each one's value and where it is from, with nothing secret in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import SecretStr

from judge.settings.defaults import PREFIX, config_file
from judge.settings.model import Settings

HIDDEN = "***"
_ADDRESSES = ("database_url", "broker_url")


class Origin(StrEnum):
    """Where a value is from."""

    ENVIRONMENT = "environment"
    OWN_FILE = "own_file"
    """A file of its own, named by the variable with ``_FILE`` added."""
    FILE = "file"
    """The file of settings."""
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class InForce:
    """One setting. ``value``: as text, None for a secret, and ``given`` says if it is set.

    ``place``: the variable or the file that it is from; empty for a default.
    """

    name: str
    variable: str
    value: str | None
    given: bool
    origin: Origin
    place: str


def in_force(settings: Settings) -> list[InForce]:
    """Return every setting, in the order in which the model has them.

    Args:
        settings: as they were read at the start of this process.
    """
    return [_line(settings, name) for name in Settings.model_fields]


def _line(settings: Settings, name: str) -> InForce:
    value = getattr(settings, name)
    variable = f"{PREFIX}{name}".upper()
    origin, place = _origin(settings, name, variable)
    if isinstance(value, SecretStr):
        return InForce(name, variable, None, bool(value.get_secret_value()), origin, place)
    return InForce(name, variable, _shown(settings, name), bool(str(value)), origin, place)


def _origin(settings: Settings, name: str, variable: str) -> tuple[Origin, str]:
    if name not in settings.model_fields_set:
        return Origin.DEFAULT, ""
    own = f"{variable}_FILE"
    if os.environ.get(own):
        return Origin.OWN_FILE, own
    if os.environ.get(variable):
        return Origin.ENVIRONMENT, variable
    return Origin.FILE, str(config_file())


def _shown(settings: Settings, name: str) -> str:
    value = settings.database if name == "database_url" else getattr(settings, name)
    if name in _ADDRESSES:
        return _without_secrets(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value.absolute()) if isinstance(value, Path) else str(value)


def _without_secrets(address: str) -> str:
    """Hide the password, and every parameter: drivers take passwords there too."""
    scheme, middle, rest = address.partition("://")
    who, at, where = rest.rpartition("@")
    if set(who) & set("/?"):
        # No telling what is a password and what is a host: say neither.
        return f"{scheme}{middle}{HIDDEN}"
    name, colon, _ = who.partition(":")
    hidden = f"{name}:{HIDDEN}" if colon else who
    place, question, _ = where.partition("?")
    return f"{scheme}{middle}{hidden}{at}{place}{question}{HIDDEN if question else ''}"
