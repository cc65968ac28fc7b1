"""A zygote whose children are threads of this process that say what a test has them say."""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterable
from typing import Any

from judge.errors import SandboxError
from judge.sandbox.children import Child, Death
from judge.sandbox.lines import new_line
from judge.sandbox.protocol import FrameKind
from judge.sandbox.zygote import Zygote
from tests.unit.sandbox import wire

KILLED = Death(9, None)


class FakeChild(Child):
    """A child of which nothing need be killed."""

    def kill(self) -> None:
        """Leave it to its script."""


class Voice:
    """A child's own side: its channel, its two outputs, and the job that it was given."""

    def __init__(self, channel: socket.socket, out: int, err: int) -> None:
        self.channel = channel
        self.out = out
        self.err = err
        self.job: dict[str, Any] = {}

    def say(self, kind: FrameKind | int, payload: bytes = b"") -> None:
        """Send a frame."""
        self.channel.sendall(wire.frame(kind, payload))

    def hear(self, count: int) -> bytes:
        """Take in so many bytes; fewer where the other side has closed."""
        data = b""
        while len(data) < count:
            part = self.channel.recv(count - len(data))
            if not part:
                return data
            data += part
        return data

    def hear_job(self) -> None:
        """Take in the job."""
        (length,) = struct.unpack("<I", self.hear(4))
        self.job = json.loads(self.hear(length))

    def print(self, words: bytes, errors: bytes = b"") -> None:
        """Print, and end it with the job's marker as a child does before each frame."""
        marker = bytes.fromhex(self.job["marker"])
        os.write(self.out, words + marker)
        os.write(self.err, errors + marker)

    def begin(self) -> None:
        """Say what an answer that loads has a child say before its first call."""
        self.say(FrameKind.READY, b"{}")
        self.hear_job()
        self.say(FrameKind.SOURCE, wire.SOURCE_IS_FINE)
        self.say(FrameKind.PREPARED)
        self.say(FrameKind.LOADED, wire.LOADED_IS_FINE)

    def end(self, done: bytes = b"{}") -> None:
        """Say that all is done, and wait for the other side to close."""
        self.say(FrameKind.DONE, done)
        self.hear(1)


Script = Callable[[Voice], None]


class FakeZygote(Zygote):
    """Gives out one child for each script, the last one again and again."""

    def __init__(self, *scripts: Script, death: Death = KILLED) -> None:
        self.resident_bytes = 0
        self.base_bytes = 1 << 30
        self.death = death
        self.voices: list[Voice] = []
        self.preloaded: list[str] = []
        self.stopped = False
        self.unloadable: tuple[str, ...] = ()
        self._scripts = list(scripts)

    def take(self) -> Child:
        """Give out a child that says its script and closes its channel."""
        if not self._scripts:
            raise SandboxError("the zygote is gone")
        script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        with new_line() as (ours, (out_w, err_w, theirs, _)):
            # Its own from here on, as after a clone.
            voice = Voice(socket.socket(fileno=os.dup(theirs)), os.dup(out_w), os.dup(err_w))
        # Nobody rings the bell: a liar need not.
        self.voices.append(voice)

        def speak() -> None:
            try:
                script(voice)
            except OSError:
                pass  # it was closed in the middle of a word
            finally:
                voice.channel.close()
                os.close(voice.out)
                os.close(voice.err)

        threading.Thread(target=speak, daemon=True).start()
        nothing = os.open(os.devnull, os.O_RDONLY)
        return FakeChild(*ours, nothing, os.getpid(), 2, 0.001)

    def bury(self, child: Child) -> None:
        """Tell at once how the child had ended."""
        child.close()
        child.death.set_result(self.death)

    def preload(self, modules: Iterable[str]) -> tuple[str, ...]:
        """Note the modules; return those that a test says can't be imported."""
        self.preloaded += modules
        return tuple(name for name in self.preloaded if name in self.unloadable)

    def stop(self) -> None:
        """Note that it was stopped."""
        self.stopped = True
