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
import sys
import time
from collections.abc import Iterator
from typing import Any, Literal

import torch

from judge.sandbox.child import absent, confine, holes, pages, run, text, trace
from judge.sandbox.child.channel import Channel
from judge.sandbox.child.clone import clone_into_namespaces

MAX_REQUEST_BYTES = 1 << 20


class Zygote:
    """Answers the worker's requests, one at a time, over a socket that keeps message borders."""

    def __init__(self, control: socket.socket, *, proc: int, filter_program: bytes) -> None:
        self.control = control
        self.proc = proc
        self.filter_program = filter_program
        self.ids = (os.geteuid(), os.getegid())

    def serve(self) -> None:
        """Answer until the worker closes its end."""
        while True:
            request = self.control.recv(MAX_REQUEST_BYTES)
            if not request:
                return
            message = json.loads(request)
            op: Literal["preload", "settle", "spawn", "reap"] = message["op"]
            match op:
                case "preload":
                    self.reply({"failed": preload(message["modules"])})
                case "settle":
                    settle(self.proc)
                    self.reply({"tasks": self.tasks()})
                case "spawn":
                    self.spawn(rehearse=message["rehearse"])
                case "reap":
                    self.reply({"dead": [each for pid in message["pids"] for each in reap(pid)]})

    def tasks(self) -> int:
        """Count this process's threads: after a clone only the calling one would go on living."""
        fd = os.open("self/task", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.proc)
        try:
            return len(os.listdir(fd))  # noqa: PTH208  pathlib takes no descriptor
        finally:
            os.close(fd)

    def reply(self, message: dict[str, Any], fds: list[int] | None = None) -> None:
        """Send one answer, with descriptors if there are any."""
        socket.send_fds(self.control, [json.dumps(message).encode()], fds or [])

    def spawn(self, *, rehearse: bool) -> None:
        """Clone a child; send the worker its channel, its two outputs, its bell and its pidfd."""
        start = time.perf_counter()
        ours, channel = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        out, out_w = os.pipe()
        err, err_w = os.pipe()
        bell = os.eventfd(0, os.EFD_NONBLOCK)
        try:
            pid, pidfd = clone_into_namespaces()
        except OSError as exc:
            self.reply({"error": str(exc)})
            pid, pidfd = -1, -1
        if pid == 0:
            worker = Channel(channel.detach(), bell)
            self.become_child(worker, (out_w, err_w), (ours, out, err), rehearse=rehearse)
        if pid > 0:
            clone_s = time.perf_counter() - start
            self.reply({"pid": pid, "clone_s": clone_s}, [ours.fileno(), out, err, bell, pidfd])
            os.close(pidfd)
        ours.close()
        channel.close()
        for fd in (out, out_w, err, err_w, bell):
            os.close(fd)

    def become_child(
        self,
        worker: Channel,
        outputs: tuple[int, int],
        others: tuple[socket.socket, int, int],
        *,
        rehearse: bool,
    ) -> None:
        """Confine this process and run one job in it. Never returns."""
        status = 1
        try:
            start = time.perf_counter()
            ours, *reading_ends = others
            ours.close()
            for fd in reading_ends:
                os.close(fd)
            for fd, target in zip(outputs, (1, 2), strict=True):
                os.dup2(fd, target)
                os.close(fd)
            self.confine()
            confine_s = time.perf_counter() - start
            run.serve_one_job(worker, confine_s=confine_s, rehearsed=rehearse)
            status = 0
        finally:
            # Not sys.exit: no atexit handler, no destructor of anybody's gets to run.
            os._exit(status)

    def confine(self) -> None:
        """Raise the inner wall, in the one order in which every step is still permitted."""
        uid, gid = self.ids
        confine.map_ids(self.proc, outer_uid=uid, outer_gid=gid)
        os.close(self.proc)
        self.control.close()
        confine.mount_work()
        confine.set_limits()
        confine.drop_capabilities()
        confine.install_filter(self.filter_program)


def reap(pid: int) -> Iterator[dict[str, Any]]:
    """Bury a child that has died, without waiting for one that is still dying.

    Taking down its memory takes a child longer than cloning the next, and goes on beside it.

    Yields:
        How it ended and what it used; nothing while it is not gone.
    """
    try:
        gone, status, usage = os.wait4(pid, os.WNOHANG)
    except ChildProcessError:
        yield {"pid": pid, "signal": 0, "code": None, "cpu_s": 0.0, "peak_bytes": 0}
        return
    if gone:
        yield {
            "pid": pid,
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
            "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            "cpu_s": usage.ru_utime + usage.ru_stime,
            "peak_bytes": usage.ru_maxrss * 1024,
        }


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
    absent.keep_no_stacks()
    zygote = Zygote(socket.socket(fileno=control_fd), proc=proc_fd, filter_program=filter_program)
    zygote.reply({"torch": torch.__version__, "start_s": time.perf_counter() - start})
    zygote.serve()
