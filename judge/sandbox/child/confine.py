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


def _check(result: int, what: str) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def map_ids(proc: int, *, outer_uid: int, outer_gid: int) -> None:
    """Give this process a user and a group in its new namespace; without, it could create no file.

    Args:
        proc: a descriptor of a ``/proc`` that can see this process. There is none in the sandbox.
        outer_uid: the user in the parent's namespace.
        outer_gid: the group there.
    """
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{INSIDE_ID} {outer_uid} 1"),
        ("gid_map", f"{INSIDE_ID} {outer_gid} 1"),
    ):
        fd = os.open(f"self/{name}", os.O_WRONLY, dir_fd=proc)
        try:
            os.write(fd, text.encode())
        finally:
            os.close(fd)


def mount_work() -> None:
    """Mount the run's own directory: private, limited in bytes and files, nothing executable."""
    options = f"size={WORK_BYTES},nr_inodes={WORK_INODES},mode=700".encode()
    flags = ctypes.c_ulong(MS_NOSUID | MS_NODEV | MS_NOEXEC)
    _check(_libc.mount(b"tmpfs", WORK.encode(), b"tmpfs", flags, options), "mount a tmpfs")
    os.chdir(WORK)


def set_limits() -> None:
    """Set the limits that hold for every run; those of a problem come with its job."""
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, WORK_BYTES),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_NPROC, MAX_TASKS),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_RTPRIO, 0),
    ):
        resource.setrlimit(limit, (value, value))


def drop_capabilities() -> None:
    """Give up what a new user namespace grants its first process, for good."""
    # The bounding set is left alone: it only matters to execve, which the filter refuses.
    _libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = struct.pack("<Ii", CAPABILITY_VERSION_3, 0)
    _check(_libc.capset(header, bytes(24)), "drop capabilities")


def install_filter(program: bytes) -> None:
    """Install a seccomp program (an array of ``struct sock_filter``) for this process.

    Raises:
        OSError: the kernel has no seccomp filters, or the program is malformed.
    """
    buffer = ctypes.create_string_buffer(program, len(program))
    count = len(program) // _INSTRUCTION_BYTES
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }, padded to the pointer.
    fprog = struct.pack("@HxxxxxxP", count, ctypes.addressof(buffer))
    _check(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "set no_new_privs")
    _check(_libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, fprog, 0, 0), "install the filter")


def limit_run(*, address_space_bytes: int, cpu_s: int) -> None:
    """Lower the limits for one job. The CPU limit only backs up the clock that is read outside."""
    resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, address_space_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
