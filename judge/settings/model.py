"""Every setting: its type, its default, what it means."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from judge.settings.defaults import (
    PREFIX,
    config_file,
    default_cache,
    default_data,
    default_language,
    default_problems,
    made_once,
)
from judge.settings.errors import SettingsError


class Settings(BaseSettings):
    """What may be set: in the environment, each in capitals after ``JUDGE_``, or in the file."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    problems: Path = Field(default_factory=default_problems)
    """The folder with ``course.yaml`` and the chapters' folders."""

    cache_dir: Path = Field(default_factory=default_cache)
    """What may be lost: the modules to preload, say."""

    language: Literal["zh", "en"] = Field(default_factory=default_language)
    """The language of what is printed."""

    data_dir: Path = Field(default_factory=default_data)
    """What must not be lost, where nothing else is said: the database, the secret key."""

    database_url: str = ""
    """``postgresql://user:password@host/name``; a SQLite file in the data folder if empty."""

    broker_url: str = "filesystem"
    """``redis://host:6379/0``, or ``filesystem`` for one machine."""

    host: str = "127.0.0.1"
    """The address that the site listens on; ``0.0.0.0`` for every one of this machine."""

    port: int = Field(default=8000, ge=1, le=65535)
    """The port that the site listens on."""

    public_url: str = ""
    """How browsers reach the site, ``https://judge.example.org`` say; cookies are then for it."""

    proxies: int = Field(default=0, ge=0, le=5)
    """How many proxies stand before the site; only so many forwarded addresses are believed."""

    secret_key: SecretStr = SecretStr("")
    """Signs forms, alike in all processes of the site; made once in the data folder if empty."""

    registration: Literal["open", "invitation", "closed"] = "open"
    """Who may register: anybody, whoever has a code, nobody."""

    smtp_url: SecretStr = SecretStr("")
    """``smtp://user:password@host:587`` to send links for new passwords; no e-mail if empty."""

    web_threads: int = Field(default=16, ge=2, le=256)
    """Requests that the site answers at a time."""

    worker_threads: int = Field(default_factory=lambda: (os.cpu_count() or 1) + 1, ge=1, le=256)
    """Submissions that a worker judges at a time: one for each core, and one while others wait for
    the database."""

    queues: tuple[Literal["cpu", "gpu", "bulk"], ...] = ("cpu", "gpu", "bulk")
    """What a worker serves: ``["cpu", "bulk"]`` where another has the devices."""

    lease_s: float = Field(default=8.0, ge=2, le=600)
    """How long a worker may be silent before its submissions are given to others, in seconds."""

    late_s: float = Field(default=2.0, ge=0.5, le=600)
    """How long a submission waits before workers are told of it again, in seconds."""

    max_tries: int = Field(default=3, ge=1, le=20)
    """How often a submission is tried before it is shown to the admin as a fault of ours."""

    under_way: int = Field(default=4, ge=1, le=1000)
    """Submissions that one student may have waiting or running."""

    runs_kept_days: float = Field(default=7.0, gt=0)
    """How long trial runs are kept."""

    draft_copies_kept_days: float = Field(default=0.0, ge=0)
    """How long older texts of drafts are kept, at most 20 of each; 0 for ever."""

    details_kept_days: float = Field(default=0.0, ge=0)
    """How long the details of results are kept; verdict, score and code stay. 0 for ever."""

    audit_kept_days: float = Field(default=0.0, ge=0)
    """How long the log of acts with rights is kept; 0 for ever."""

    session_days: float = Field(default=14.0, gt=0, le=365)
    """How long a browser stays signed in without being used."""

    metrics_port: int = Field(default=0, ge=0, le=65535)
    """Where health and metrics are served, never on the site's own port; 0 for nowhere."""

    metrics_host: str = "127.0.0.1"
    """The address for that; only monitors should reach it."""

    log_format: Literal["text", "json"] = "text"
    """How the site and the workers log: for people, or one JSON object a line."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What is less important is not logged."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment comes before the file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_file())

    @property
    def preload(self) -> Path:
        """The file in which the sandbox remembers what to import ahead of time."""
        return self.cache_dir / "modules.json"

    @property
    def broker_folder(self) -> Path:
        """Where the messages of the filesystem's broker lie."""
        return self.data_dir / "messages"

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'judge.db'}"

    @field_validator("problems")
    @classmethod
    def _is_folder(cls, path: Path) -> Path:
        if not path.is_dir():
            raise ValueError(f"{str(path)!r} is no folder")
        return path

    @field_validator("cache_dir", "data_dir")
    @classmethod
    def _can_be_folder(cls, path: Path) -> Path:
        path = path.expanduser()
        if path.exists() and not path.is_dir():
            raise ValueError(f"{str(path)!r} is no folder")
        return path

    @field_validator("language", "log_format", "log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("public_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("it has to begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("smtp_url")
    @classmethod
    def _links_lead_to_the_site(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        # Without it a link would lead wherever the browser that asked for it named.
        if value.get_secret_value() and not info.data.get("public_url"):
            raise ValueError("set JUDGE_PUBLIC_URL too: the links that are sent begin with it")
        return value

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be seen nowhere: the secrets themselves, and passwords within addresses."""
        found = {self.secret_key.get_secret_value()}
        for address in (self.database_url, self.broker_url, self.smtp_url.get_secret_value()):
            # By hand: an address that is none is complained about elsewhere.
            _, _, password = address.partition("://")[2].rpartition("@")[0].partition(":")
            found |= {password, unquote(password)}
        return tuple(found - {""})

    def key(self) -> str:
        """Return the secret key; make one where none is set and one machine is all there is.

        Raises:
            SettingsError: none is set, and several machines would each make their own.
        """
        given = self.secret_key.get_secret_value()
        if given:
            return given
        if self.database_url.startswith("postgresql"):
            raise SettingsError(
                "JUDGE_SECRET_KEY is not set: with PostgreSQL every process of the site needs the "
                "same. Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        path = self.data_dir / "secret.key"
        try:
            return made_once(path)
        except (OSError, UnicodeDecodeError) as exc:
            reason = getattr(exc, "strerror", None) or exc
            raise SettingsError(
                f"the secret key in {path} can't be used: {reason}. Make the file readable for the "
                "user that runs the site (or delete it: forms that are open have to be reloaded "
                "then), or set JUDGE_SECRET_KEY"
            ) from exc
