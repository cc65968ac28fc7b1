"""Raise the inner wall around the calling process: mounts, limits, capabilities, seccomp."""

from __future__ import annotations

import ctypes
import os
import resource
import struct

from judge.sandbox.protocol import WORK, WORK_BYTES, WORK_INODES

MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION_3 = 0x20080522
_INSTRUCTION_BYTES = 8

INSIDE_ID = 1000
"""The user and group that a student's code sees itself as."""

MAX_TASKS = 48
"""Threads of one run; processes there are none. torch and OpenMP start at most one per core."""
MAX_OPEN_FILES = 128

_libc = ctypes.PyDLL(None, use_errno=True)
# Taken once: a library looks a function up, and makes an object of it, when it is first asked for;
# a child would do so anew.
_mount, _prctl, _capset = _libc.mount, _libc.prctl, _libc.capset
_open, _write, _close, _chdir = os.open, os.write, os.close, os.chdir
_setrlimit = resource.setrlimit


def _check(result: int, what: str) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def set_limits() -> None:
    """Set, in the zygote, the limits that every run inherits; those of a problem come with its job.

    That on processes is each child's own: the zygote's user may have others.
    """
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, WORK_BYTES),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_RTPRIO, 0),
    ):
        _setrlimit(limit, (value, value))


_NPROC, _TASKS = resource.RLIMIT_NPROC, (MAX_TASKS, MAX_TASKS)
_WORK, _TMPFS = WORK.encode(), b"tmpfs"
_FLAGS = ctypes.c_ulong(MS_NOSUID | MS_NODEV | MS_NOEXEC)
_OPTIONS = f"size={WORK_BYTES},nr_inodes={WORK_INODES},mode=700".encode()
_HEADER, _NO_CAPABILITY = struct.pack("<Ii", CAPABILITY_VERSION_3, 0), bytes(24)


class InnerWall:
    """The wall around one run. What can be worked out in the zygote is, once for all children."""

    def __init__(self, *, proc: int, filter_program: bytes) -> None:
        """Prepare it.

        Args:
            proc: a descriptor of a ``/proc`` that can see this process. There is none in the
                sandbox.
            filter_program: for seccomp, an array of ``struct sock_filter``.
        """
        self._proc = proc
        self._maps = (
            ("self/setgroups", b"deny"),
            ("self/uid_map", f"{INSIDE_ID} {os.geteuid()} 1".encode()),
            ("self/gid_map", f"{INSIDE_ID} {os.getegid()} 1".encode()),
        )
        self._program = ctypes.create_string_buffer(filter_program, len(filter_program))
        count = len(filter_program) // _INSTRUCTION_BYTES
        # struct sock_fprog { unsigned short len; struct sock_filter *filter; }, padded to the
        # pointer.
        self._fprog = struct.pack("@HxxxxxxP", count, ctypes.addressof(self._program))

    def map_ids(self) -> None:
        """Give this process a user and a group in its new namespace; without, it makes no file."""
        for name, text in self._maps:
            fd = _open(name, os.O_WRONLY, dir_fd=self._proc)
            try:
                _write(fd, text)
            finally:
                _close(fd)

    def shut(self) -> None:
        """Mount the run's own directory, then give up every right; ids are mapped by now.

        The directory is private, limited in bytes and files, and nothing in it can be executed.

        Raises:
            OSError: a step was refused, as by a kernel without seccomp filters.
        """
        _check(_mount(_TMPFS, _WORK, _TMPFS, _FLAGS, _OPTIONS), "mount a tmpfs")
        _chdir(WORK)
        _setrlimit(_NPROC, _TASKS)
        # What a new user namespace grants its first process, for good. The bounding set is left
        # alone: it only matters to execve, which the filter refuses.
        _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
        _check(_capset(_HEADER, _NO_CAPABILITY), "drop capabilities")
        _check(_prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "set no_new_privs")
        _check(_prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, self._fprog, 0, 0), "install the filter")


def limit_run(*, address_space_bytes: int, cpu_s: int) -> None:
    """Lower the limits for one job. The CPU limit only backs up the clock that is read outside."""
    _setrlimit(resource.RLIMIT_AS, (address_space_bytes, address_space_bytes))
    _setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
