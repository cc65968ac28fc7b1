"""What the zygote's thread waits for: wishes of other threads, and deaths of children."""

from __future__ import annotations

import contextlib
import os
import select
import weakref
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field

from judge.errors import SandboxError
from judge.sandbox.children import Child


@dataclass(frozen=True, slots=True)
class Preload:
    """A wish that modules be imported; ``done`` tells which could not be."""

    modules: tuple[str, ...]
    done: Future[tuple[str, ...]] = field(default_factory=Future)

    def refuse(self, why: str) -> None:
        """Say that nobody is there to do it."""
        if not self.done.done():
            self.done.set_exception(SandboxError(why))


class Inbox:
    """Wishes of any thread and deaths of any child, for the one thread that calls ``wait``.

    A death wakes that thread once there is something to be done about it, and not before. It also
    kills: a process that is killed takes down its memory first of all, and mostly on the very core
    of whoever killed it, for half a millisecond.
    """

    def __init__(self) -> None:
        self._wishes: deque[Preload] = deque()
        self._bodies: deque[Child] = deque()
        self._bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        # Closed with the last who could ring it: its number may be another file's by then.
        weakref.finalize(self, os.close, self._bell)
        self._epoll = select.epoll()
        self._epoll.register(self._bell, select.EPOLLIN)

    def ring(self) -> None:
        """Wake the thread, so that it looks at what has changed."""
        os.eventfd_write(self._bell, 1)

    def put(self, wish: Preload) -> None:
        """Leave a wish, and wake the thread."""
        self._wishes.append(wish)
        self.ring()

    def take(self) -> Preload | None:
        """Return the oldest wish, if there is one."""
        return self._wishes.popleft() if self._wishes else None

    def bury(self, child: Child) -> None:
        """Leave a child to be killed; once it is dead ``wait`` tells, once."""
        self._bodies.append(child)
        self.ring()

    def _kill(self) -> None:
        while self._bodies:
            child = self._bodies.popleft()
            child.kill()
            self._epoll.register(child.pidfd, select.EPOLLIN | select.EPOLLONESHOT)

    def watch_again(self, pidfd: int) -> None:
        """Have it told once more."""
        self._epoll.modify(pidfd, select.EPOLLIN | select.EPOLLONESHOT)

    def wait(self) -> list[int]:
        """Return the pidfds of those who died, as soon as there is one, or the bell rings."""
        found = self._epoll.poll(0 if self._wishes else None)
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._bell)
        self._kill()
        return [fd for fd, _ in found if fd != self._bell]
