"""Read the environment: the one place that does, once, at the start of a command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_PREFIX = "JUDGE_"
_REPOSITORY = Path(__file__).parent.parent
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def _default_problems() -> Path:
    here = Path("problems")
    return here if here.is_dir() else _REPOSITORY / "problems"


def _default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The specification: a path that is not absolute is to be ignored.
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "tensorjudge"


def _default_language() -> Literal["zh", "en"]:
    locale = next(filter(None, map(os.environ.get, _LOCALE)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


class SettingsError(Exception):
    """A variable of the environment has a value that means nothing; the text names it."""


class Settings(BaseSettings):
    """What an environment may set, each field by its name in capitals after ``JUDGE_``."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    problems: Path = Field(default_factory=_default_problems)
    """The folder with ``course.yaml`` and the chapters' folders."""

    cache_dir: Path = Field(default_factory=_default_cache)
    """What may be lost: the modules to preload, say."""

    language: Literal["zh", "en"] = Field(default_factory=_default_language)
    """The language of what is printed."""

    @property
    def preload(self) -> Path:
        """The file in which the sandbox remembers what to import ahead of time."""
        return self.cache_dir / "preload.json"

    @field_validator("problems")
    @classmethod
    def _is_folder(cls, path: Path) -> Path:
        if not path.is_dir():
            raise ValueError(f"{str(path)!r} is no folder")
        return path

    @field_validator("cache_dir")
    @classmethod
    def _can_be_folder(cls, path: Path) -> Path:
        path = path.expanduser()
        if path.exists() and not path.is_dir():
            raise ValueError(f"{str(path)!r} is no folder")
        return path

    @field_validator("language", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value


def read_settings() -> Settings:
    """Return the settings of this process's environment.

    Raises:
        SettingsError: a variable has a value that means nothing; every such variable is named.
    """
    try:
        return Settings()
    except ValidationError as exc:
        raise SettingsError("; ".join(_complaint(dict(each)) for each in exc.errors())) from exc


def _complaint(error: dict[str, object]) -> str:
    location = error.get("loc")
    field = location[0] if isinstance(location, tuple) and location else "?"
    name = f"{_PREFIX}{field}".upper()
    reason = str(error.get("msg")).removeprefix("Value error, ")
    return f"the environment variable {name} is set to {error.get('input')!r}: {reason}"
