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
_NUMBER, _TLS_FIRST = {"x86_64": (56, False), "aarch64": (220, True)}[platform.machine()]

# PyDLL keeps the GIL across the call: parent and child both come back holding it, as from os.fork.
_libc = ctypes.PyDLL(None, use_errno=True)
_syscall = _libc.syscall


def _tid_address() -> int:
    """Where glibc keeps this thread's id, for the kernel to put the child's there; 0 if unknown."""
    address = ctypes.c_void_p()
    if _libc.prctl(PR_GET_TID_ADDRESS, ctypes.byref(address), 0, 0, 0) != 0:
        return 0
    return address.value or 0


class Cloning:
    """The call that clones the thread which makes it, made ready once."""

    def __init__(self) -> None:
        flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_PIDFD
        flags |= signal.SIGCHLD
        tid_address = _tid_address()
        if tid_address:
            # Without this glibc's mutexes would take the child's main thread for the zygote's.
            flags |= CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID
        self._pidfd = ctypes.c_int(-1)
        tail = (0, tid_address) if _TLS_FIRST else (tid_address, 0)
        words = [_NUMBER, flags, 0, ctypes.addressof(self._pidfd), *tail]
        self._words = tuple(ctypes.c_long(word) for word in words)

    def clone(self) -> tuple[int, int]:
        """Clone this single-threaded process; return (pid, pidfd) here and (0, -1) in the child.

        The child is process 1 of a new pid namespace, in new user, mount and IPC namespaces.
        Nothing that Python and its modules do after a fork is done: it is for locks of other
        threads, of which there are none, and for random numbers, which are seeded before each call;
        and it would touch, and so copy, 140 pages.

        Raises:
            OSError: the kernel refused, usually because user namespaces are restricted.
        """
        pid = _syscall(*self._words)
        if pid < 0:
            error = ctypes.get_errno()
            raise OSError(error, f"clone into new namespaces: {os.strerror(error)}")
        return (pid, self._pidfd.value) if pid else (0, -1)
