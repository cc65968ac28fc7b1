"""What may not be there after a hostile program: processes, files, words of the hidden cases."""

from __future__ import annotations

import dataclasses
import json
import re
import socket
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from judge.domain.problem import Language
from judge.domain.report import Message, Report, as_json
from judge.sandbox.service import Sandbox
from judge.wording import render
from tests.sandbox.small import LOUD

READY = 2
"""Children that wait ahead of time in the sandbox of the tests."""
FOOTPRINT = "hostile-was-here"
"""Part of the name of every file that a program tries to leave outside."""
MOST_REPORT_BYTES = 300_000

_CLOCKS = frozenset({"usage", "wall_s", "stages_s"})
_REPOSITORY = Path(__file__).parents[3]


def below(pid: int) -> Iterator[int]:
    """Yield all processes below one, itself left out."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for each in threads for child in (each / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield int(child)
        yield from below(int(child))


def outlaws(sandbox: Sandbox) -> list[int]:
    """Return the processes in the sandbox that are too many, after a moment for the dead to go.

    Those that may be: bubblewrap's own, the zygote, and as many ready children as are kept.
    """
    zygote = sandbox.zygote()
    deadline = time.monotonic() + 5
    while True:
        children = list(below(zygote.pid))
        others = set(below(zygote.process.pid)) - set(children) - {zygote.pid}
        strangers = [pid for pid in others if not _is_bubblewrap(pid)]
        if len(children) <= READY and not strangers:
            return []
        if time.monotonic() > deadline:
            return [*strangers, *children]
        time.sleep(0.01)


def _is_bubblewrap(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "bwrap"
    except (FileNotFoundError, ProcessLookupError):
        return True


def footprints() -> list[Path]:
    """Return the files that a program left where it should not have been able to write."""
    folders = {Path(name) for name in ("/", "/tmp", "/var/tmp", "/dev/shm", "/home", "/root")}  # noqa: S108
    folders |= {Path(tempfile.gettempdir()), _REPOSITORY, Path.cwd(), Path.home(), *_code()}
    return [
        path
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if FOOTPRINT in path.name
    ]


def _code() -> set[Path]:
    packages = Path(sysconfig.get_path("purelib"))
    return {packages, packages / "torch", Path(sysconfig.get_path("stdlib")), _REPOSITORY / "judge"}


def changed_at() -> dict[Path, int]:
    """Return when the interpreter's and torch's folders were last changed, in nanoseconds."""
    return {path: path.stat().st_mtime_ns for path in _code() if path.name != "judge"}


def as_text(report: Report) -> str:
    """Return a report as the site would store it."""
    return json.dumps(as_json(report), ensure_ascii=False, allow_nan=False)


def spoken(report: Report) -> str:
    """Return a report without its clocks: what has to be the same for any hidden inputs."""
    return json.dumps(_timeless(as_json(report)), ensure_ascii=False, sort_keys=True)


def _timeless(value: Any) -> Any:  # noqa: ANN401  any part of a report
    if isinstance(value, Mapping):
        return {
            key: sorted(each) if key == "stages_s" else None if key in _CLOCKS else _timeless(each)
            for key, each in value.items()
        }
    return [_timeless(each) for each in value] if isinstance(value, list) else value


def leaks(report: Report) -> list[str]:
    """Return the words of the hidden inputs, and of this machine, that a student would be shown."""
    shown = as_text(report)
    # Digits of a clock may be any.
    silent = re.sub(r"\d+\.\d+(e-?\d+)?", "#", shown)
    found = [word for word in LOUD if word in spoken(report) or word in silent]
    found += [
        word for word in ("918273.0", "3917.0") if re.search(rf"[^\d]{re.escape(word)}[^\d]", shown)
    ]
    machine = [socket.gethostname(), "root:x:0"]
    return found + [word for word in machine if len(word) > 3 and word in shown]


def sentences(report: Report) -> list[str]:
    """Word every message of a report in both languages."""
    return [render(each, language) for each in _messages(report) for language in Language]


def _messages(value: object) -> Iterator[Message]:
    if isinstance(value, Message):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _messages(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _messages(getattr(value, field.name))


def controls(report: Report) -> list[str]:
    """Return the characters of a report that a terminal, a page or a database may act on."""
    return sorted({repr(c) for each in _strings(as_json(report)) for c in each if _acts(c)})


def _acts(character: str) -> bool:
    return not character.isprintable() and character not in "\n\t\u3000\xa0"


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401  any part of a report
    match value:
        case str():
            yield value
        case Mapping():
            for key, each in value.items():
                yield str(key)
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)
        case _:
            return
