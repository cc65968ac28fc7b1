"""The files that a call left in its directory, each as what it is: tensors, array, text, bytes."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from typing import Any

import numpy as np
import torch

from judge.sandbox.protocol import MAX_FILES

MAX_FILE_BYTES = 16 << 20
_load_torch = torch.load  # noqa: TID251  inside the walls, and weights_only
_load_numpy = np.load


def read_all(folder: str) -> list[tuple[str, Any]]:
    """Return (name, content) of each file below ``folder``, sorted by name, links not followed.

    A checkpoint comes as the object in it, if it holds tensors only; an ``.npy`` as its array;
    UTF-8 as ``str``; the rest as ``bytes``. What can't be read comes as an ``Unreadable``.
    """
    found: list[tuple[str, Any]] = []
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if len(found) >= MAX_FILES:
                return found
            path = os.path.join(parent, name)  # noqa: PTH118  hot path
            found.append((os.path.relpath(path, folder), _read(path)))
    return sorted(found, key=lambda pair: pair[0])


class Unreadable:
    """Stands for a file that is no regular file, too large, or a pickle of more than tensors."""


class Pickle:
    """Stands for a checkpoint that would run code when loaded."""


def _read(path: str) -> Any:
    try:
        # O_NONBLOCK: a FIFO must not stop the judge; O_NOFOLLOW: nor a link to /dev/zero.
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return Unreadable()
    with os.fdopen(fd, "rb") as stream:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
            return Unreadable()
        return _content(stream.read(MAX_FILE_BYTES))


def _content(data: bytes) -> Any:
    stream = io.BytesIO(data)
    if data[:6] == b"\x93NUMPY":
        try:
            return _load_numpy(stream, allow_pickle=False)
        except Exception:  # noqa: BLE001  a broken file is a fact, not a fault
            return Unreadable()
    if zipfile.is_zipfile(stream):
        stream.seek(0)
        try:
            return _load_torch(stream, weights_only=True, map_location="cpu")
        except Exception:  # noqa: BLE001  so is one that holds more than tensors
            return Pickle()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data
