"""Write a file that is there whole or not at all, for its owner's eyes alone."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from judge.errors import UsageError

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What file systems say that have no hard links, FAT for one."""


@contextmanager
def whole_or_not_at_all(path: Path, *, overwrite: bool) -> Iterator[IO[bytes]]:
    """Open a new file beside the path; at the end of the block it takes the path's place.

    Raises:
        UsageError: there is such a file, or it can't be written; then nothing is left behind.
    """
    if path.exists() and not overwrite:
        raise UsageError(f"there is a file {path} already: --overwrite replaces it")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(fd, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            _put(part, path, overwrite=overwrite)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    except OSError as exc:
        raise UsageError(f"{path} can't be written: {_reason(exc)}") from exc


def _put(part: Path, path: Path, *, overwrite: bool) -> None:
    if overwrite:
        part.replace(path)
    else:
        try:
            # Unlike renaming, fails where somebody else was faster.
            path.hardlink_to(part)
        except OSError as exc:
            if exc.errno not in _NO_LINKS:
                raise
            part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _reason(exc: OSError) -> str:
    if exc.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full. Make room, or write elsewhere"
    return exc.strerror or str(exc)
