"""The first lines that run behind the outer wall: leave root, only then import anything large."""

from __future__ import annotations

import ctypes
import gc
import os
import time

PR_SET_DUMPABLE = 4


def become_nobody(uid: int) -> None:
    """Leave root for good.

    Started by root, the sandbox would otherwise be root's, whose number of processes no limit
    bounds.
    """
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    # Changing ids makes a process undumpable, and its own id maps unwritable.
    ctypes.PyDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


def main(control_fd: int, proc_fd: int, filter_fd: int, uid: int) -> None:
    """Become the zygote.

    Args:
        control_fd: the worker's socket.
        proc_fd: the host's ``/proc``, for children's id maps.
        filter_fd: a file that holds the compiled seccomp filter.
        uid: the user to become where this process is root; 0 to stay who it is.
    """
    start = time.perf_counter()
    if uid and os.geteuid() == 0:
        become_nobody(uid)
    with os.fdopen(filter_fd, "rb") as stream:
        program = stream.read()
    # For good: a collection touches every object, and would do so in every child.
    gc.disable()
    from judge.sandbox.child.zygote import serve  # noqa: PLC0415  it imports torch, not as root

    serve(control_fd, proc_fd=proc_fd, filter_program=program, start=start)
