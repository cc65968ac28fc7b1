"""Celery's filesystem broker, with messages that are there whole or not at all, and a bell.

Kombu's own writes a message into the file that a reader may already be taking: seen, at ten a
second, to end a worker after some hundred messages. And it looks into the folder again and again:
often costs an idle machine, rarely a student, so here the reader is rung for.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path
from queue import Empty
from time import monotonic, time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

from judge.messaging.bell import Bell

TRANSPORT = "judge.messaging.folder:Transport"
_BELL = "bell"


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
            Bell(folder / _BELL).ring()
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

    def __init__(self, client: Any, **options: Any) -> None:  # noqa: ANN401  kombu has no types
        super().__init__(client, **options)
        self._bell = Bell(Path(client.transport_options["data_folder_in"]) / _BELL)

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:  # noqa: ANN401
        """Deliver a message, or wait for one.

        Raises:
            TimeoutError: none came for so many seconds.
        """
        del connection
        end = None if timeout is None else monotonic() + timeout
        while True:
            with suppress(Empty):
                self.cycle.get(self._deliver, timeout=timeout)
                return
            left = None if end is None else end - monotonic()
            if left is not None and left <= 0:
                raise TimeoutError
            self._bell.wait(left)

    def close_connection(self, connection: Any) -> None:  # noqa: ANN401
        """Let go of what is open."""
        self._bell.close()
        super().close_connection(connection)
