"""One raw clone(2) into new namespaces: what fork-unshare-fork would need two processes for."""

from __future__ import annotations

import ctypes
import os
import platform
import signal

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_PIDFD = 0x00001000
CLONE_CHILD_SETTID = 0x01000000
CLONE_CHILD_CLEARTID = 0x00200000
PR_GET_TID_ADDRESS = 40

# Number of clone(2), and whether the architecture passes tls before ctid.
_SYSCALL = {"x86_64": (56, False), "aarch64": (220, True)}

# PyDLL keeps the GIL across the call: parent and child both come back holding it, as from os.fork.
_libc = ctypes.PyDLL(None, use_errno=True)


def _tid_address() -> int:
    """Where glibc keeps this thread's id, for the kernel to put the child's there; 0 if unknown."""
    address = ctypes.c_void_p()
    if _libc.prctl(PR_GET_TID_ADDRESS, ctypes.byref(address), 0, 0, 0) != 0:
        return 0
    return address.value or 0


def clone_into_namespaces() -> tuple[int, int]:
    """Clone this single-threaded process; return (pid, pidfd) here and (0, -1) in the child.

    The child is process 1 of a new pid namespace, in new user, mount and IPC namespaces.

    Raises:
        OSError: the kernel refused, usually because user namespaces are restricted.
    """
    number, tls_first = _SYSCALL[platform.machine()]
    flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_PIDFD | signal.SIGCHLD
    tid_address = _tid_address()
    if tid_address:
        # Without this glibc's mutexes would take the child's main thread for the zygote's.
        flags |= CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID
    pidfd = ctypes.c_int(-1)
    tail = (0, tid_address) if tls_first else (tid_address, 0)
    words = [ctypes.c_long(word) for word in (number, flags, 0)]
    pid = _libc.syscall(*words, ctypes.byref(pidfd), *(ctypes.c_long(word) for word in tail))
    if pid < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"clone into new namespaces: {os.strerror(error)}")
    if pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
        return 0, -1
    return pid, pidfd.value
