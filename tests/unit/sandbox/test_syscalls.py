"""The filter of system calls is a program that lets nothing through which reaches others."""

from __future__ import annotations

import struct

import pytest

from judge.sandbox.host import libseccomp
from judge.sandbox.syscalls import ALLOWED, filter_program

INSTRUCTION = struct.Struct("<HBBI")


@pytest.mark.skipif(libseccomp() is None, reason="libseccomp is not installed")
def test_the_filter_is_a_whole_number_of_instructions_that_ends_by_returning() -> None:
    program = filter_program()
    assert program
    assert len(program) % INSTRUCTION.size == 0
    code, *_ = INSTRUCTION.unpack(program[-INSTRUCTION.size :])
    bpf_ret = 0x06
    assert code == bpf_ret


@pytest.mark.parametrize(
    "name",
    [
        *("socket", "connect", "bind", "sendto", "recvfrom", "socketpair"),
        *("fork", "vfork", "clone", "clone3", "execve", "execveat", "kill", "tkill", "ptrace"),
        *("mount", "umount2", "unshare", "setns", "chroot", "pivot_root", "bpf", "keyctl"),
        *("process_vm_readv", "process_vm_writev", "pidfd_open", "pidfd_send_signal"),
        *("setuid", "setgid", "setrlimit", "prctl", "seccomp", "io_uring_setup", "userfaultfd"),
        *("shmget", "msgget", "semget", "memfd_create", "mknod", "link", "flock", "iopl"),
    ],
)  # fmt: skip
def test_no_call_that_reaches_beyond_the_run_is_allowed_as_a_whole(name: str) -> None:
    assert name not in ALLOWED.split()


def test_no_call_is_listed_twice() -> None:
    names = ALLOWED.split()
    assert len(names) == len(set(names))
