"""What holds where nothing is said, and where the file of settings lies: the environment's part."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Literal

PREFIX = "JUDGE_"
_REPOSITORY = Path(__file__).parents[2]
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def default_problems() -> Path:
    """Return the course of the folder one stands in, or the repository's."""
    here = Path("problems")
    return here if here.is_dir() else _REPOSITORY / "problems"


def _xdg(variable: str, fallback: str) -> Path:
    base = os.environ.get(variable, "")
    # The specification: a path that is not absolute is to be ignored.
    return (Path(base) if Path(base).is_absolute() else Path.home() / fallback) / "tensorjudge"


def default_cache() -> Path:
    """Return the user's folder for what may be lost."""
    return _xdg("XDG_CACHE_HOME", ".cache")


def default_data() -> Path:
    """Return the user's folder for what must not be lost."""
    return _xdg("XDG_DATA_HOME", ".local/share")


def default_language() -> Literal["zh", "en"]:
    """Return the language of the locale, or English."""
    locale = next(filter(None, map(os.environ.get, _LOCALE)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def config_file() -> Path:
    """Return the file of settings, whether it exists or not."""
    return Path(os.environ.get(PREFIX + "CONFIG") or "tensorjudge.toml")


def made_once(path: Path) -> str:
    """Return the secret in a file; make it where there is none, or an empty one.

    Raises:
        OSError: it can't be read, or not be written.
        UnicodeDecodeError: something else is in it.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = path.read_text(encoding="utf-8").strip() if path.exists() else ""
    if found:
        return found
    # Whole or not at all: a full disk must not leave an empty key behind for the next start.
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(48))
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            part.replace(path)
        else:
            with suppress(FileExistsError):  # another process made one at the same moment
                path.hardlink_to(part)
    finally:
        part.unlink(missing_ok=True)
    return path.read_text(encoding="utf-8").strip()
