"""What may stand in a log: one line each, no secret, and nothing that a student wrote.

Our own words are a format and arguments that we chose; what other libraries pass along may be
anything, a request's path say. And an exception's message may quote what it was raised over.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

MOST_CHARACTERS = 1000
"""Of one text. A problem file's errors may be longer; the terminal shows them whole."""
FIELDS = frozenset(
    {
        "attempt",
        "count",
        "duration_ms",
        "kind",
        "method",
        "part",
        "problem",
        "queue",
        "route",
        "seconds",
        "status",
        "submission",
        "threads",
        "user",
        "verdict",
        "worker",
    }
)
"""What a line may say beside its words. Any other name is left out, whoever passes it."""

_TRUSTED = ("judge", "web", "worker", "celery", "kombu", "alembic", "__main__")
"""Loggers whose arguments are no student's: ours, and those that see only ids and addresses."""
_FLASKS_OWN = "web"
"""Flask logs under the application's name, with the path that was asked for."""
_HIDDEN = "…"
_USERINFO = re.compile(r"(://)[^/\s@]*@")
_QUERY = re.compile(r"\?[^\s'\")\]]*=[^\s'\")\]]*")
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+\S+")
_RANDOM = re.compile(r"[A-Za-z0-9_-]{20,}")
_SHORTEST_SECRET = 6
_SHORT = 120
_MOST_FRAMES = 12
_MOST_CAUSES = 4


class Guard:
    """Cleans texts, for one process and its secrets."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        # Longest first: one may be part of another.
        known = sorted((each for each in secrets if len(each) >= _SHORTEST_SECRET), key=len)
        self._secrets = re.compile("|".join(map(re.escape, reversed(known)))) if known else None
        # Most of what is said has been said before: names of problems, queues, verdicts.
        self._remembered = lru_cache(maxsize=4096)(self._cleaned)

    def clean(self, text: str) -> str:
        """Return a text as one printable line of bounded length, without what looks secret."""
        return self._remembered(text) if len(text) <= _SHORT else self._cleaned(text)

    def _cleaned(self, text: str) -> str:
        if self._secrets is not None:
            text = self._secrets.sub(_HIDDEN, text)
        if "://" in text:
            text = _USERINFO.sub(rf"\1{_HIDDEN}@", text)
        if "?" in text:
            text = _QUERY.sub(f"?{_HIDDEN}", text)
        text = _RANDOM.sub(_unless_plain, _BEARER.sub(rf"\1 {_HIDDEN}", text))
        if len(text) > MOST_CHARACTERS:
            text = text[:MOST_CHARACTERS] + _HIDDEN
        return text if text.isprintable() else "".join(map(_escaped, text))

    def said(self, record: logging.LogRecord) -> str:
        """Return what a record says: of strangers only what they would say of anything."""
        template, arguments = str(record.msg), record.args
        if not _trusted(record.name):
            # Some have what they speak of in the template already, after a colon.
            template = template.partition(": ")[0]
            arguments = _numbers_only(arguments)
        try:
            text = template % arguments if arguments else template
        except (TypeError, ValueError, KeyError):
            text = template
        return self.clean(text)

    def value(self, value: object) -> Any:  # noqa: ANN401  as a log's renderer takes it
        """Return a field's value: numbers as they are, everything else as a clean text."""
        if value is None or isinstance(value, bool | int | float):
            return value
        return self.clean(str(value))


def _unless_plain(found: re.Match[str]) -> str:
    """Hide what is random by its looks: our tokens have letters of both cases and digits.

    Names of hosts and modules, and the broker's lower-case identifiers, stay.
    """
    text = found[0]
    lower, upper = text.lower() != text, text.upper() != text
    digit = any(each.isdigit() for each in text)
    return _HIDDEN if lower and upper and digit else text


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


def _trusted(name: str) -> bool:
    return name.partition(".")[0] in _TRUSTED and name != _FLASKS_OWN


def _numbers_only(arguments: object) -> tuple[object, ...] | Mapping[str, object]:
    if isinstance(arguments, Mapping):
        return {key: _number_or_hidden(each) for key, each in arguments.items()}
    if isinstance(arguments, tuple):
        return tuple(map(_number_or_hidden, arguments))
    return ()


def _number_or_hidden(value: object) -> object:
    return value if isinstance(value, int | float) else _HIDDEN


def told(error: BaseException) -> list[str]:
    """Return an exception and its causes by kind and place, without their messages.

    The first line names what was raised last. Of an ``OSError`` the system's own words are told.
    """
    lines: list[str] = []
    cause: BaseException | None = error
    for depth in range(_MOST_CAUSES):
        if cause is None:
            break
        reason = f": {cause.strerror}" if isinstance(cause, OSError) and cause.strerror else ""
        lines.append(f"{'because of ' if depth else ''}{type(cause).__name__}{reason}")
        frames = traceback.extract_tb(cause.__traceback__, limit=-_MOST_FRAMES)
        lines += [f"  {_short(each.filename)}:{each.lineno} in {each.name}" for each in frames]
        cause = cause.__cause__ or cause.__context__
    return lines


def _short(filename: str) -> str:
    """Leave the machine's folders out of a file's name."""
    parts = Path(filename).parts
    for root in ("site-packages", "judge", "worker", "web"):
        if root in parts:
            return "/".join(parts[parts.index(root) + (root == "site-packages") :])
    return parts[-1] if parts else filename
