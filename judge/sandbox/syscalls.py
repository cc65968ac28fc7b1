"""The seccomp filter of a run: what Python and torch need on a CPU, and nothing else."""

from __future__ import annotations

import errno
import os
import termios
from functools import cache

from judge.errors import SandboxError

CLONE_THREAD = 0x00010000

ALLOWED = (
    # memory
    "brk mmap munmap mremap mprotect madvise mincore"
    # reading and writing what is open
    " read write readv writev pread64 pwrite64 preadv pwritev lseek close close_range"
    " dup dup2 dup3 pipe pipe2 fsync fdatasync ftruncate fadvise64 copy_file_range sendfile"
    # files by name; only the run's own directory can be written
    " open openat stat lstat fstat newfstatat statx access faccessat faccessat2 readlink readlinkat"
    " getdents getdents64 getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat"
    " renameat2 symlink symlinkat truncate umask chmod fchmod fchmodat utimensat statfs fstatfs"
    # threads of this process, and waiting
    " futex set_robust_list get_robust_list set_tid_address rseq sched_yield sched_getaffinity"
    " sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min membarrier"
    " getcpu gettid getpid getppid exit exit_group restart_syscall"
    " poll ppoll select pselect6 epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2"
    " nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times pause"
    # signals to oneself
    " rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait"
    " sigaltstack alarm setitimer getitimer"
    # harmless questions
    " getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid uname"
    " sysinfo getrusage getrlimit getrandom arch_prctl capget getpriority"
)
"""By name; one that an architecture lacks is left out there."""

READ_ONLY_FCNTL = (0, 1, 2, 3, 4, 1030)
"""F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC. No locks: a lock on a file that all
runs can read would let two of them talk."""

HARMLESS_IOCTL = (termios.TCGETS, termios.FIONREAD, termios.FIOCLEX, termios.FIONCLEX)


@cache
def filter_program() -> bytes:
    """Return the compiled filter, an array of ``struct sock_filter``.

    Raises:
        SandboxError: libseccomp is missing.
    """
    try:
        import pyseccomp as seccomp  # noqa: PLC0415  fails at import where libseccomp is missing
    except (ImportError, RuntimeError, OSError) as exc:
        raise SandboxError(
            "libseccomp is missing: install the package libseccomp2 (Debian, Ubuntu) or libseccomp"
        ) from exc
    rules = seccomp.SyscallFilter(defaction=seccomp.ERRNO(errno.EPERM))
    allow = seccomp.ALLOW
    for name in ALLOWED.split():
        if seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) >= 0:
            rules.add_rule(allow, name)
    # Threads only. clone3 hides its flags behind a pointer, so it can't be judged by a filter.
    rules.add_rule(allow, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, CLONE_THREAD))
    # ENOSYS, not EPERM: glibc falls back to clone only on ENOSYS.
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    for command in READ_ONLY_FCNTL:
        rules.add_rule(allow, "fcntl", seccomp.Arg(1, seccomp.EQ, command))
    for request in HARMLESS_IOCTL:
        rules.add_rule(allow, "ioctl", seccomp.Arg(1, seccomp.EQ, request))
    # Its own limits only; it may lower them, and the kernel refuses the rest.
    rules.add_rule(allow, "prlimit64", seccomp.Arg(0, seccomp.EQ, 0))
    # abort() and pthread_kill: the pid namespace holds nobody else.
    rules.add_rule(allow, "tgkill", seccomp.Arg(0, seccomp.EQ, 1))
    return _exported(rules)


def _exported(rules: object) -> bytes:
    fd = os.memfd_create("seccomp")
    with os.fdopen(fd, "w+b") as stream:
        rules.export_bpf(stream)  # type: ignore[attr-defined]
        stream.seek(0)
        return stream.read()
