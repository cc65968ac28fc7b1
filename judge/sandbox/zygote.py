"""The worker's end of the zygote: start it behind its wall, keep children ready, bury the dead."""

from __future__ import annotations

import contextlib
import json
import queue
import socket
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from typing import Any

from judge.errors import SandboxError
from judge.sandbox.children import Child, Death, pid_of
from judge.sandbox.inbox import Inbox, Preload
from judge.sandbox.launch import last_words, launch
from judge.sandbox.lines import new_line, socket_pair
from judge.sandbox.meter import CORES, memory_of
from judge.sandbox.protocol import BORN, DEAD, LENGTH, Wish

START_LIMIT_S = 60.0
"""Importing torch from a cold disk has been seen to take 20 s."""
REPLY_LIMIT_S = 60.0
CLONE_LIMIT_S = 10.0
"""A clone takes a millisecond. Whoever waits for one should not wait as long as for an import."""
_MAX_REPLY_BYTES = 1 << 20
_MODULES_AT_ONCE = 500
_MAX_FDS = 1


class Zygote:
    """One warm process and its children. One thread of its own talks to it; the rest ask here."""

    def __init__(self) -> None:
        self._ready_target = 0
        self.ready: queue.Queue[Child] = queue.Queue()
        self._inbox = Inbox()
        self._waiting = 0
        self._taken: set[int] = set()  # pidfds, until they are dead
        self._dying: dict[int, Child] = {}  # by pidfd
        self._failure: str | None = None
        self._stopping = self._ended = self._settled = False
        self._lock = threading.Lock()
        started: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._live, args=(started,), name="zygote", daemon=True
        )
        self._thread.start()
        started.result()

    def _live(self, started: Future[None]) -> None:
        # By this thread, not by a caller's: bubblewrap dies with the thread that started it.
        try:
            self._start()
        except BaseException as exc:  # noqa: BLE001  handed to the caller
            self._let_go()
            started.set_exception(exc)
            return
        started.set_result(None)
        self._serve()

    def _start(self) -> None:
        self._control, theirs = socket_pair(socket.SOCK_SEQPACKET)
        with theirs:
            self.process, self.stderr = launch(theirs.fileno())
        self.about: dict[str, Any] = json.loads(self._reply(START_LIMIT_S)[0])
        self.pid = self._pid_of_python()

    def keep_ready(self, count: int) -> None:
        """Have so many children wait ahead of time; before this, each is cloned on demand."""
        self._ready_target = count
        self._inbox.ring()

    def _settle(self) -> None:
        """Have it make what it holds by now cheap to share, once all is imported that shall be."""
        self._ask(Wish.SETTLE)
        (tasks,) = LENGTH.unpack(self._reply()[0])
        self._check_threads(tasks)
        # What a child has before it does anything: address space and resident memory.
        self.base_bytes, self.resident_bytes = memory_of(self.pid)
        self._settled = True

    def _pid_of_python(self) -> int:
        """The host's number for the Python process itself: bubblewrap's last descendant."""
        pid = self.process.pid
        while True:
            with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as stream:  # noqa: PTH123
                children = stream.read().split()
            if not children:
                return pid
            pid = int(children[0])

    def _check_threads(self, tasks: int) -> None:
        if tasks != 1:
            self.stop()
            raise SandboxError(
                f"the zygote has {tasks} threads; a clone would lose all but one. "
                "A preloaded module starts threads: remove it from the preload list"
            )

    @property
    def alive(self) -> bool:
        """Tell whether it can still be asked for children."""
        return self._failure is None and self.process.poll() is None

    @property
    def idle(self) -> bool:
        """Tell whether nobody has a child, or waits for one."""
        return not self._taken and not self._waiting

    def take(self) -> Child:
        """Return a ready child; wait for one if there is none.

        Raises:
            SandboxError: the zygote is gone or can't clone.
        """
        child = self._next()
        self._taken.add(child.pidfd)
        return child

    def _next(self) -> Child:
        with contextlib.suppress(queue.Empty):
            return self.ready.get_nowait()
        with self._lock:
            self._waiting += 1
        self._inbox.ring()
        try:
            while True:
                try:
                    return self.ready.get(timeout=0.2)
                except queue.Empty:
                    if not self.alive:
                        raise SandboxError(self._failure or self._last_words()) from None
        finally:
            with self._lock:
                self._waiting -= 1

    def bury(self, child: Child) -> None:
        """Have a child killed and reaped; ``child.death`` tells how it had ended.

        Once for each that was taken. Its descriptors are the zygote's from then on.
        """
        self._dying[child.pidfd] = child
        self._inbox.bury(child)
        if self._ended:
            self._refuse_rest()

    def preload(self, modules: Iterable[str]) -> tuple[str, ...]:
        """Import modules for all later children; return those that could not be.

        Ready children that lack them are replaced.
        """
        names = tuple(modules)
        failed: list[str] = []
        # In parts that fit into one message of the socket, whatever its buffer's limit is.
        for start in range(0, len(names), _MODULES_AT_ONCE):
            wish = Preload(names[start : start + _MODULES_AT_ONCE])
            self._inbox.put(wish)
            if self._ended:
                self._refuse_rest(self._inbox.take())
            try:
                failed += wish.done.result(timeout=REPLY_LIMIT_S)
            except TimeoutError as exc:
                self.stop()
                raise SandboxError("the zygote hangs in an import") from exc
        return tuple(failed)

    def stop(self) -> None:
        """End the zygote, and with it, by their namespace, all children."""
        self._failure = self._failure or "the zygote was stopped"
        self._stopping = True
        self._inbox.ring()
        self.process.kill()
        self.process.wait()
        if self._thread is not threading.current_thread():
            self._thread.join(timeout=5)
        for child in self._ready_ones():
            child.kill()
            child.close()
        self._let_go()

    def _let_go(self) -> None:
        """Close what is open, as far as the start had come."""
        if hasattr(self, "process"):
            self.process.kill()
            self.process.wait()
            self.stderr.close()
        if hasattr(self, "_control"):
            self._control.close()

    def _serve(self) -> None:
        wish = None
        try:
            while not self._stopping:
                dead = self._inbox.wait()
                wish = self._inbox.take()
                if wish is not None:
                    self._preload(wish)
                # Whoever waits for a child comes before the dead.
                self._fill()
                if dead:
                    self._reap(dead)
                    self._fill()
        except (OSError, SandboxError, ValueError) as exc:
            self._failure = self._failure or f"the zygote is gone: {exc}"
        finally:
            self._ended = True
            self._refuse_rest(wish or self._inbox.take())

    def _fill(self) -> None:
        """Clone until enough children are ready."""
        while self.ready.qsize() < self._wanted() and not self._stopping:
            self.ready.put(self._spawn())

    def _wanted(self) -> int:
        """How many children should be ready now.

        Those that somebody waits for, always. Stock only while nobody judges, or a core is free and
        none is left: a clone and its rehearsal would take the core from a judging under way.
        """
        busy = len(self._taken)
        idle = busy == 0 or (busy < CORES and self.ready.empty())
        return self._waiting + (self._ready_target if idle else 0)

    def _spawn(self) -> Child:
        if not self._settled:
            self._settle()
        with new_line() as (ours, theirs):
            # Whoever waits already is not helped by a rehearsal.
            self._ask(Wish.SPAWN, bytes((self._waiting == 0,)), theirs)
            born, fds = self._reply(CLONE_LIMIT_S)
            if not fds:
                raise SandboxError(f"the zygote can't clone: {born.decode(errors='replace')}")
        (pidfd,) = fds
        inner_pid, clone_s = BORN.unpack(born)
        return Child(*ours, pidfd, pid_of(pidfd), inner_pid, clone_s)

    def _reap(self, pidfds: Iterable[int]) -> None:
        """Learn how those who have died did."""
        children = {self._dying[each].inner_pid: self._dying[each] for each in pidfds}
        self._ask(Wish.REAP, b"".join(map(LENGTH.pack, children)))
        dead, _ = self._reply()
        for inner_pid, number, code, cpu_s, peak_bytes in DEAD.iter_unpack(dead):
            child = children.pop(inner_pid)
            del self._dying[child.pidfd]
            self._taken.discard(child.pidfd)
            child.close()
            death = Death(number, code if code >= 0 else None, cpu_s, peak_bytes)
            child.death.set_result(death)
        for child in children.values():
            self._inbox.watch_again(child.pidfd)

    def _preload(self, wish: Preload) -> None:
        self._ask(Wish.PRELOAD, json.dumps(wish.modules).encode())
        failed, _ = self._reply()
        self._settled = False
        for child in self._ready_ones():
            self.bury(child)
        wish.done.set_result(tuple(json.loads(failed)))

    def _ready_ones(self) -> Iterator[Child]:
        """Take all children that are ready."""
        with contextlib.suppress(queue.Empty):
            while True:
                yield self.ready.get_nowait()

    def _refuse_rest(self, wish: Preload | None = None) -> None:
        """Nobody may wait for a zygote that is gone."""
        why = self._failure or "the zygote is gone"
        with contextlib.suppress(KeyError):
            while True:
                _, child = self._dying.popitem()
                child.close()
                child.death.set_exception(SandboxError(why))
        while wish is not None:
            wish.refuse(why)
            wish = self._inbox.take()

    def _ask(self, wish: Wish, said: bytes = b"", fds: Sequence[int] = ()) -> None:
        socket.send_fds(self._control, [bytes((wish,)) + said], fds)

    def _reply(self, limit_s: float = REPLY_LIMIT_S) -> tuple[bytes, list[int]]:
        self._control.settimeout(limit_s)
        try:
            data, fds, _, _ = socket.recv_fds(self._control, _MAX_REPLY_BYTES, _MAX_FDS)
        except TimeoutError as exc:
            raise SandboxError(f"the zygote does not answer. {self._last_words()}") from exc
        if not data:
            raise SandboxError(self._last_words())
        return data, fds

    def _last_words(self) -> str:
        return last_words(self.process, self.stderr)
