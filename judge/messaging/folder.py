"""Celery's filesystem broker, with messages that are there whole or not at all.

Kombu's own writes a message into the file that a reader may already be taking: seen, at ten a
second, to end a worker after some hundred messages.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

TRANSPORT = "judge.messaging.folder:Transport"


class Channel(filesystem.Channel):
    """Writes beside the queue and renames into it; takes by renaming out of it."""

    def _put(self, queue: str, payload: dict[str, Any], **options: object) -> None:
        del options
        folder = Path(self.data_folder_out)
        name = f"{time_ns():020}_{uuid.uuid4()}"
        # Its end is no queue's name, so nobody takes it yet.
        part = folder / f"{name}.part"
        try:
            part.write_text(dumps(payload), encoding="utf-8")
            part.replace(folder / f"{name}.{queue}.msg")
        except OSError:  # a full disk: whoever waits is found by the sweeper
            part.unlink(missing_ok=True)
            raise

    def _get(self, queue: str) -> Any:  # noqa: ANN401  whatever was put
        folder = Path(self.data_folder_in)
        for name in sorted(each.name for each in folder.iterdir()):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            mine = folder / f"{name}.taken"
            # Somebody else was faster.
            with suppress(FileNotFoundError):
                (folder / name).rename(mine)
                payload = loads(mine.read_text(encoding="utf-8"))
                mine.unlink()
                return payload
        raise Empty


class Transport(filesystem.Transport):
    """What Celery is told to use."""

    Channel = Channel
