"""The warm process: imports torch once, then clones a confined child whenever it is asked to.

It runs nobody's code, reads only what the worker tells it, and holds nothing secret.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import socket
import struct
import sys
import time

import torch

from judge.sandbox.child import absent, genuine, holes, pages, run, text, trace
from judge.sandbox.child.channel import Channel
from judge.sandbox.child.clone import Cloning
from judge.sandbox.child.confine import InnerWall, set_limits
from judge.sandbox.protocol import BORN, CHILDS_FDS, DEAD, LENGTH, Wish

MAX_REQUEST_BYTES = 1 << 20
_OUT, _ERR, _CHANNEL, _BELL = 1, 2, 3, 4
"""Where a child has its descriptors. All above is the zygote's, and closed."""
_MOST_FDS = 1 << 16
_FDS = struct.Struct(f"{CHILDS_FDS}i")
_FD = struct.Struct("i")
_FDS_BYTES = socket.CMSG_SPACE(_FDS.size)
# A module's and a class's names are looked up through a cache that every look may change, and so
# copy: what serves for a single child has all of its names at hand.
_clone = Cloning().clone
_close, _dup, _close_range, _wait = os.close, os.dup2, os.closerange, os.wait4
_clock, _exit = time.perf_counter, os._exit
_SPAWN, _REAP = int(Wish.SPAWN), int(Wish.REAP)


class Zygote:
    """Answers the worker's requests, one at a time, over a socket that keeps message borders."""

    def __init__(self, control: socket.socket, *, proc: int, filter_program: bytes) -> None:
        self.control = control
        self.proc = proc
        self.wall = InnerWall(proc=proc, filter_program=filter_program)

    def serve(self) -> None:
        """Answer until the worker closes its end."""
        room = bytearray(MAX_REQUEST_BYTES)
        receive, rooms = self.control.recvmsg_into, [room]
        while True:
            size, extra, _, _ = receive(rooms, _FDS_BYTES)
            if not size:
                return
            wish, said = room[0], bytes(room[1:size])
            if wish == _SPAWN:
                self.spawn(_FDS.unpack(extra[0][2]), rehearse=said != b"\0")
            elif wish == _REAP:
                self.reply(reaped(said))
            elif wish == Wish.PRELOAD:
                self.reply(json.dumps(preload(json.loads(said))).encode())
            elif wish == Wish.SETTLE:
                settle(self.proc)
                self.reply(LENGTH.pack(self.tasks()))

    def tasks(self) -> int:
        """Count this process's threads: after a clone only the calling one would go on living."""
        fd = os.open("self/task", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.proc)
        try:
            return len(os.listdir(fd))  # noqa: PTH208  pathlib takes no descriptor
        finally:
            os.close(fd)

    def reply(self, message: bytes) -> None:
        """Send one answer."""
        self.control.send(message)

    def spawn(self, fds: tuple[int, ...], *, rehearse: bool) -> None:
        """Clone a child; tell the worker its number, and give it the child's pidfd.

        Args:
            fds: what the child talks through.
            rehearse: whether there is time for that before its job comes.
        """
        start = _clock()
        try:
            pid, pidfd = _clone()
        except OSError as exc:
            self.reply(str(exc).encode())
            pid, pidfd = -1, -1
        if pid == 0:
            self.become_child(fds, rehearse=rehearse)
        if pid > 0:
            born = BORN.pack(pid, _clock() - start)
            rights = socket.SOL_SOCKET, socket.SCM_RIGHTS, _FD.pack(pidfd)
            self.control.sendmsg((born,), (rights,))
            _close(pidfd)
        for fd in fds:
            _close(fd)

    def become_child(self, fds: tuple[int, ...], *, rehearse: bool) -> None:
        """Confine this process and run one job in it. Never returns."""
        status = 1
        try:
            start = _clock()
            self.wall.map_ids()
            # They came above these places and in their order, so none is overwritten before.
            out, err, channel, bell = fds
            _dup(out, _OUT)
            _dup(err, _ERR)
            _dup(channel, _CHANNEL)
            _dup(bell, _BELL)
            # The worker's socket, /proc, and what is in its place by now.
            _close_range(_BELL + 1, _MOST_FDS)
            self.wall.shut()
            worker = Channel(_CHANNEL, _BELL)
            run.serve_one_job(worker, confine_s=_clock() - start, rehearsed=rehearse)
            status = 0
        finally:
            # Not sys.exit: no atexit handler, no destructor of anybody's gets to run.
            _exit(status)


def reaped(said: bytes) -> bytes:
    """Bury children that have died, without waiting for those that are still dying.

    Taking down its memory takes a child longer than cloning the next, and goes on beside it.

    Returns:
        How each ended and what it used; nothing of those that are not gone.
    """
    dead = b""
    for (pid,) in LENGTH.iter_unpack(said):
        try:
            gone, status, usage = _wait(pid, os.WNOHANG)
        except ChildProcessError:
            dead += DEAD.pack(pid, 0, -1, 0.0, 0)
            continue
        if gone:
            code = os.waitstatus_to_exitcode(status)
            cpu_s, peak_bytes = usage[0] + usage[1], usage[2] * 1024
            dead += DEAD.pack(pid, max(0, -code), max(-1, code), cpu_s, peak_bytes)
    return dead


def preload(modules: list[str]) -> list[str]:
    """Import modules by name, so that every later child has them; return those that would not."""
    failed = []
    for name in modules:
        try:
            importlib.import_module(name)
        except BaseException:  # noqa: BLE001  SystemExit too: a module is only a gain
            failed.append(name)
    return failed


_REHEARSALS = 12
"""Python 3.11 specialises a function's code after eight calls, and writes to it until then."""


def settle(proc: int) -> None:
    """Make what exists now cheap to share: all used once, collected, then left alone.

    A rehearsal lets torch look at the processor, bind its symbols and start its autograd engine
    here, not in every child. The engine's own ban on forks after a backward pass is for its device
    threads, of which a machine without a device has none (``tasks`` tells), and is set by a hook of
    fork(3), which a raw clone does not run.
    """
    trace.know_names()
    for _ in range(_REHEARSALS):
        run.rehearse()
    text.collapse(proc, run.rehearse)
    os.chdir("/")
    run.note_modules()
    gc.collect()
    holes.fill()
    gc.freeze()
    pages.collapse(proc)


def serve(control_fd: int, *, proc_fd: int, filter_program: bytes, start: float) -> None:
    """Report to the worker, then answer it; ``start`` is when this process began, by its clock."""
    sys.dont_write_bytecode = True
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    torch.set_num_threads(1)
    set_limits()
    genuine.open_outputs()
    absent.keep_no_stacks()
    zygote = Zygote(socket.socket(fileno=control_fd), proc=proc_fd, filter_program=filter_program)
    about = {"torch": torch.__version__, "start_s": time.perf_counter() - start}
    zygote.reply(json.dumps(about).encode())
    zygote.serve()
